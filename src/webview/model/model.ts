import { parseToModelPage, type FromModelPage, type PageModel, type ToModelPage } from '../../protocol/modelMessages.ts';
import { button, element, type Content } from '../element.ts';
import { Region } from '../Region.ts';
import { renderClasses } from './renderClasses.ts';
import { renderMatrix } from './renderMatrix.ts';
import { renderMistakes } from './renderMistakes.ts';
import { renderResiduals } from './renderResiduals.ts';
import { TryIt } from './TryIt.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromModelPage): void;
  setState(state: unknown): void;
};

const vscode = acquireVsCodeApi();
const page = document.querySelector('main') ?? document.body;
const checked = element('p', { role: 'status' });
const comparison = new Region(element('section', { 'aria-live': 'polite' }));
let model: PageModel | null = null;
let tries: TryIt | null = null;

window.addEventListener('message', ({ data }) => {
  const message = parseToModelPage(data);
  if (message !== null) receive(message);
});
vscode.postMessage({ type: 'ready' });

function receive(message: ToModelPage): void {
  switch (message.type) {
    case 'model':
      return show(message);
    case 'absent':
      return page.replaceChildren(element('p', { role: 'status' }, message.reason));
    case 'checked':
      checked.textContent = message.text;
      checked.className = message.same === false ? 'warning' : 'status';
      return;
    case 'tried':
      return tries?.answer(message.number, message.outputs, message.milliseconds);
    case 'untried':
      return tries?.fail(message.number, message.reason);
    case 'compared':
      return compare(message);
  }
}

function show({ model: shown, others, memory }: Extract<ToModelPage, { type: 'model' }>): void {
  vscode.setState(memory);
  model = shown;
  tries = shown.untried === null ? new TryIt(shown, (number, input) => vscode.postMessage({ type: 'try', number, input })) : null;
  const parts: readonly (Content | null)[] = [
    renderTitle(shown),
    checked,
    comparePicker(others),
    comparison.host,
    ...(shown.task === 'regression' ? [renderResiduals(shown)] : renderMatrix(shown)),
    shown.task === 'regression' ? null : renderClasses(shown),
    section(
      shown.task === 'regression' ? 'Farthest off' : 'Most confidently wrong',
      renderMistakes(shown.mistakes, shown, 'Nothing is wrong here.'),
    ),
    tries === null
      ? section('Try it', element('p', { class: 'hint' }, `Inputs cannot be tried here: ${shown.untried ?? ''}`))
      : tries.host,
  ];
  page.replaceChildren(...parts.filter((part) => part !== null));
}

function renderTitle({ study, trial, headline, wrong }: PageModel): HTMLElement {
  const check = button('check', 'Check the Number Anew', () => {
    checked.textContent = 'Checking…';
    vscode.postMessage({ type: 'check' });
  });
  return element(
    'header',
    {},
    element('h1', {}, `${study}, trial ${trial}`),
    element('p', { class: 'headline' }, wrong === null ? headline : `${headline}: ${wrong} wrong`),
    element('div', { class: 'actions', role: 'toolbar', 'aria-label': 'What to do about the model' }, check),
  );
}

function comparePicker(others: readonly number[]): HTMLElement | null {
  if (others.length === 0) return null;
  const options = others.map((trial) =>
    element('option', { value: String(trial) }, trial === 0 ? '0 (baseline)' : String(trial)),
  );
  const select = element(
    'select',
    { id: 'other', 'data-key': 'other' },
    element('option', { value: '' }, 'no other'),
    ...options,
  );
  select.addEventListener('change', () => {
    if (select.value === '') comparison.draw(null, () => []);
    else vscode.postMessage({ type: 'compare', trial: Number(select.value) });
  });
  return element('p', { class: 'compare' }, element('label', { for: 'other' }, 'Compare with trial '), select);
}

function compare(message: Extract<ToModelPage, { type: 'compared' }>): void {
  if (model === null) return;
  const shown = model;
  const list = (title: string, mistakes: typeof message.mended): readonly Content[] =>
    mistakes.length === 0 ? [] : [element('h3', {}, title), renderMistakes(mistakes, shown, '')];
  comparison.draw(message, () => [
    element('h2', {}, `Against trial ${message.trial}`),
    element('p', {}, message.text),
    ...list(`What trial ${message.trial} got wrong, and this one right`, message.mended),
    ...list(`What this one gets wrong, and trial ${message.trial} got right`, message.broken),
  ]);
}

function section(title: string, ...contents: readonly Content[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), ...contents);
}
