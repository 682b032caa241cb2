import { escapeHtml } from './escapeHtml.ts';
import type { ImportanceView } from './StudyView.ts';

/** Which hyperparameters made a difference, as a table with bars; empty where that is not known. */
export function renderImportance(importance: ImportanceView | null): string {
  if (importance === null) return '';
  const rows = importance.shares.map(
    ({ label, share, text }) =>
      `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(text)}</td>` +
      `<td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">` +
      `<rect class="trial" width="${(100 * share).toFixed(1)}" height="8"/></svg></td></tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<div class="scroll"><table>
<thead><tr><th scope="col">Hyperparameter</th><th scope="col" colspan="2">Explains</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
  return `<h2>What made a difference</h2>
<p>${escapeHtml(importance.note)}</p>
${table}`;
}
