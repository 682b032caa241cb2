import { drawChart } from './drawChart.ts';
import type { Mail, MailAttachment } from './Mail.ts';
import type { MailContent } from './MailContent.ts';
import { oneLine } from './oneLine.ts';
import { renderMailHtml } from './renderMailHtml.ts';

const LONGEST_SUBJECT = 180;
/** A longer diff is left out: who wants it applies it. */
const LONGEST_PATCH = 500_000;

export interface MailParts {
  readonly content: MailContent;
  /** Name of the folder that it is about, without the way to it. */
  readonly folder: string;
  /** A unified diff; empty where there is none. */
  readonly patch: string;
  /** What the attached diff is called, without its ending. */
  readonly patchName: string;
  readonly facts: Mail['facts'];
}

/** News as a mail: text and HTML that say the same, the curve as a picture within, the diff attached. Whatever the source says is quoted. */
export function renderMail({ content, folder, patch, patchName, facts }: MailParts): Mail {
  const hasPatch = patch !== '' && patch.length <= LONGEST_PATCH;
  const said = { ...content, notes: [...content.notes, ...patchNote(patch, hasPatch)] };
  return {
    subject: oneLine(`Hone: ${content.title}`, LONGEST_SUBJECT),
    text: renderText(said, folder),
    html: renderMailHtml(said, folder),
    attachments: [
      ...(content.chart === null ? [] : [attach('curve.png', 'image/png', drawChart(content.chart.layout), 'curve')]),
      ...(hasPatch ? [attach(`${fileName(patchName)}.patch`, 'text/x-patch', new TextEncoder().encode(patch), null)] : []),
    ],
    facts,
  };
}

function patchNote(patch: string, hasPatch: boolean): readonly string[] {
  if (patch === '') return [];
  return [hasPatch ? 'The change is attached as a diff.' : 'The change is too long to be attached.'];
}

function renderText({ title, lead, facts, changes, notes, next, chart }: MailContent, folder: string): string {
  const width = Math.max(
    0,
    ...[...facts, ...changes.map(({ name }) => ({ label: name }))].map(({ label }) => oneLine(label, 60).length),
  );
  const row = (label: string, text: string): string => `  ${oneLine(label, 60).padEnd(width)}  ${oneLine(text)}`;
  const parts = [
    [oneLine(title)],
    lead.map((line) => oneLine(line)),
    [row('Folder', folder), ...facts.map(({ label, text }) => row(label, text))],
    changes.length === 0
      ? []
      : [
          'What changed:',
          ...changes.map(({ name, before, after }) => row(name, before === '' ? after : `${before} -> ${after}`)),
        ],
    notes.map((note) => `- ${oneLine(note, 600)}`),
    chart === null ? [] : [`[${oneLine(chart.caption)}: from ${chart.low} to ${chart.high}]`],
    next === null ? [] : [`Next: ${oneLine(next)}`],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function attach(name: string, type: MailAttachment['type'], bytes: Uint8Array, shownAs: string | null): MailAttachment {
  return { name, type, content: encodeBase64(bytes), shownAs };
}

function fileName(name: string): string {
  return name.replace(/[^\w.-]+/gu, '-').slice(0, 80) || 'change';
}

function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
