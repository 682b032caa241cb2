import { parseToPanel, type FromPanel, type PanelAction, type PanelStudy, type ToPanel } from '../protocol/panelMessages.ts';
import { curveData } from './curveData.ts';
import { differences } from './differences.ts';
import { button, element, type Content } from './element.ts';
import { objectiveData } from './objectiveData.ts';
import { Plot } from './Plot.ts';
import { Region } from './Region.ts';
import { renderImportance } from './renderImportance.ts';
import { renderParallel } from './renderParallel.ts';
import { TrialTable } from './TrialTable.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  setState(state: unknown): void;
};

const LABELS: Record<PanelAction, string> = {
  pause: 'Pause',
  resume: 'Resume',
  accept: 'Good Enough',
  apply: 'Apply…',
  export: 'Export a Report…',
};

const vscode = acquireVsCodeApi();
const title = new Region(element('header', {}));
// Read out when it changes: the trial, the best value, how it ended.
const status = element('p', { role: 'status', class: 'status' });
const actions = new Region(element('div', { class: 'actions', role: 'toolbar', 'aria-label': 'What to do about the study' }));
const facts = new Region(element('dl', {}));
const notes = new Region(element('div', {}));
const objective = new Plot('Objective over trials');
const curves = new Plot('Learning curves');
const comparison = new Region(element('section', { 'aria-live': 'polite' }));
const parallel = new Region(element('section', {}));
const importance = new Region(element('section', {}));
const table = new TrialTable((trials) => {
  vscode.postMessage({ type: 'choose', trials: [...trials] });
  if (last !== null) drawComparison(last);
});
let last: PanelStudy | null = null;
const page = document.querySelector('main') ?? document.body;

window.addEventListener('message', ({ data }) => {
  const message = parseToPanel(data);
  if (message?.type === 'study') draw(message);
  if (message?.type === 'gone') page.replaceChildren(element('p', { role: 'status' }, 'This study was deleted.'));
});
vscode.postMessage({ type: 'ready' });

function draw(message: Extract<ToPanel, { type: 'study' }>): void {
  const { study } = message;
  vscode.setState(message.memory);
  if (last === null) assemble();
  last = study;
  title.draw([study.study, study.name, study.script, study.metric, study.headline], () => renderTitle(study));
  if (status.textContent !== study.status) status.textContent = study.status;
  actions.draw(message.actions, () => message.actions.map(renderAction));
  facts.draw(study.facts, () => study.facts.flatMap(({ label, text }) => [element('dt', {}, label), element('dd', {}, text)]));
  notes.draw(study.notes, () => study.notes.map((note) => element('p', {}, note)));
  objective.draw(objectiveData(study));
  curves.draw(curveData(message.curves));
  table.draw(study);
  drawComparison(study);
  parallel.draw([study.trials, study.columns], () => renderParallel(study));
  importance.draw(study.importance, () => renderImportance(study));
}

function assemble(): void {
  const parts = [title, actions].map(({ host }) => host);
  page.replaceChildren(
    ...parts,
    status,
    facts.host,
    notes.host,
    objective.host,
    curves.host,
    table.host,
    comparison.host,
    parallel.host,
    importance.host,
  );
}

function renderTitle({ study, name, script, metric, headline }: PanelStudy): readonly Content[] {
  const about = [script, metric].filter((part) => part !== '').join(' · ');
  return [
    element('h1', {}, name === null ? study : `${study} (${name})`),
    element('p', {}, about),
    element('p', { class: 'headline' }, headline),
  ];
}

function renderAction(action: PanelAction): HTMLElement {
  const isFirst = action === 'apply';
  return button(`act ${action}`, LABELS[action], () => vscode.postMessage({ type: 'act', action }), {
    class: isFirst ? 'primary' : null,
  });
}

function drawComparison(study: PanelStudy): void {
  const [first, second] = table.chosen;
  const found = first === undefined || second === undefined ? null : differences(study, first, second);
  comparison.draw([first, second, found], () => {
    if (found === null || first === undefined || second === undefined) {
      return [element('p', { class: 'hint' }, 'Choose two trials in the table to see what differs.')];
    }
    const heads = ['', `Trial ${first}`, `Trial ${second}`].map((text) => element('th', { scope: 'col' }, text));
    const rows = found.map(({ label, texts }) =>
      element('tr', {}, element('th', { scope: 'row' }, label), ...texts.map((text) => element('td', {}, text))),
    );
    const body = element('tbody', {}, ...rows);
    return [
      element('h2', {}, `Trial ${first} against trial ${second}`),
      found.length === 0
        ? element('p', {}, 'They are the same.')
        : element('table', { 'aria-label': 'What differs' }, element('thead', {}, element('tr', {}, ...heads)), body),
    ];
  });
}
