import { escapeHtml } from './escapeHtml.ts';
import { renderImportance } from './renderImportance.ts';
import { renderObjectiveChart } from './renderObjectiveChart.ts';
import type { StudyView, TrialView } from './StudyView.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --accent: light-dark(#0b66c3, #5fb0ff); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0; } h1 + p { margin-top: 0; opacity: .75; }
.headline { font-size: 1.25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { opacity: .75; } dd { margin: 0; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
.grid { stroke: var(--line); } .target { stroke: currentColor; stroke-dasharray: 6 4; }
.best { fill: none; stroke: var(--accent); stroke-width: 2; } .trial { fill: var(--accent); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:not(:last-child) { white-space: nowrap; } tr.chosen { font-weight: 600; } pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); }
th { font-weight: normal; } th[scope=col] { font-weight: 600; } .bar svg { width: 12rem; height: .6rem; }
`;

/** A study as one HTML page that needs nothing else: no script, no font, no other file. `patch` is what applying it would change. */
export function renderReport(view: StudyView, patch: string): string {
  const title = view.name === null ? view.study : `${view.study} (${view.name})`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml([view.script, view.metric, view.state.replace('-', ' ')].filter((part) => part !== '').join(' · '))}</p>
<p class="headline">${escapeHtml(view.headline)}</p>
<dl>${view.facts.map(({ label, text }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd>`).join('\n')}</dl>
${view.notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('\n')}
${renderObjectiveChart(view)}
${renderImportance(view.importance)}
<h2>Trials</h2>
${renderTable(view)}
${patch === '' ? '' : `<h2>The change</h2>\n<pre>${escapeHtml(patch)}</pre>`}
</body>
</html>
`;
}

function renderTable({ trials, columns, best, minimize }: StudyView): string {
  const head = ['Trial', 'Value', 'Time', 'Repeats', ...columns, 'Why'];
  const rows = bestFirst(trials, minimize).map((trial) => {
    const cells = [
      `${trial.number}${trial.number === 0 ? ' (baseline)' : ''}${trial.number === best ? ' (best)' : ''}`,
      trial.text,
      trial.time,
      trial.repeats === 0 ? '' : String(trial.repeats),
      ...trial.settings.map(String),
      trial.why,
    ];
    const tag = trial.number === best ? '<tr class="chosen">' : '<tr>';
    return `${tag}${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll"><table>
<thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

function bestFirst(trials: readonly TrialView[], minimize: boolean): readonly TrialView[] {
  const worth = ({ value }: TrialView): number => (value === null ? Infinity : minimize ? value : -value);
  return [...trials].sort((a, b) => (worth(a) === worth(b) ? a.number - b.number : worth(a) - worth(b)));
}
