import { CHART_HEIGHT, CHART_WIDTH } from './drawChart.ts';
import { escapeHtml } from './escapeHtml.ts';
import type { MailChart, MailContent } from './MailContent.ts';
import { oneLine } from './oneLine.ts';

// Programs that read mail drop style sheets, so each element has its own style; they know tables best.
const FONT = "font:15px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const QUIET = 'color:#656d76';
const CODE = 'font-family:ui-monospace,Consolas,Menlo,monospace;font-size:13px';
const GOOD = '#1a7f37';
const OTHER = '#9a6700';
const SHOWN_WIDTH = CHART_WIDTH / 2;
const SHOWN_HEIGHT = CHART_HEIGHT / 2;

/** A mail's HTML: no script, no style sheet, nothing fetched; the picture is the attachment `curve`. */
export function renderMailHtml({ title, good, lead, facts, changes, notes, next, chart }: MailContent, folder: string): string {
  const rows = [{ label: 'Folder', text: folder }, ...facts].map(({ label, text }) => row(shown(label, 60), shown(text)));
  const changed = changes.map(({ name, before, after }) =>
    row(`<span style="${CODE}">${shown(name)}</span>`, `<span style="${CODE}">${change(before, after)}</span>`),
  );
  const parts = [
    `<h1 style="font-size:20px;line-height:1.3;margin:0 0 4px;border-left:4px solid ${good ? GOOD : OTHER};padding-left:10px">${shown(title)}</h1>`,
    ...lead.map((line) => `<p style="margin:8px 0">${shown(line)}</p>`),
    chart === null ? '' : renderChart(chart),
    table(rows),
    changed.length === 0 ? '' : `<h2 style="font-size:15px;margin:18px 0 4px">What changed</h2>${table(changed)}`,
    notes.length === 0
      ? ''
      : `<ul style="margin:14px 0;padding-left:20px">${notes.map((note) => `<li>${shown(note, 600)}</li>`).join('')}</ul>`,
    next === null ? '' : `<p style="margin:14px 0">Next: <code style="${CODE}">${shown(next)}</code></p>`,
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${shown(title)}</title></head>
<body style="margin:0;padding:20px;background:#ffffff;color:#1f2328;${FONT}">
<div style="max-width:640px;margin:0 auto">
${parts.filter((part) => part !== '').join('\n')}
<p style="${QUIET};font-size:12px;margin-top:24px">Sent by Hone, which was asked to tell of this study.</p>
</div></body></html>
`;
}

function renderChart({ high, low, caption }: MailChart): string {
  const edge = (place: string, text: string): string =>
    `<td style="${QUIET};font-size:12px;vertical-align:${place};text-align:right;padding-right:6px;white-space:nowrap">${shown(text)}</td>`;
  const image = `<img src="cid:curve" alt="${shown(caption)}" width="${SHOWN_WIDTH}" height="${SHOWN_HEIGHT}" style="display:block;border:1px solid #d0d7de">`;
  return `<table role="presentation" cellspacing="0" cellpadding="0" style="margin:14px 0">
<tr>${edge('top', high)}<td rowspan="2">${image}</td></tr>
<tr>${edge('bottom', low)}</tr>
<tr><td></td><td style="${QUIET};font-size:12px">${shown(caption)}</td></tr></table>`;
}

function table(rows: readonly string[]): string {
  return `<table role="presentation" cellspacing="0" cellpadding="0" style="border-collapse:collapse">${rows.join('')}</table>`;
}

/** A row of cells that are HTML already. */
function row(label: string, text: string): string {
  return `<tr><td style="${QUIET};padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap">${label}</td><td style="padding:2px 0">${text}</td></tr>`;
}

function change(before: string, after: string): string {
  return before === '' ? shown(after) : `${shown(before)} &rarr; <b>${shown(after)}</b>`;
}

function shown(text: string, most?: number): string {
  return escapeHtml(oneLine(text, most));
}
