import { window, workspace, type QuickPickItem } from 'vscode';
import type { Check } from '../../app/Hone.ts';

const ICONS = { ok: '$(pass)', warning: '$(warning)', error: '$(error)' } as const;

const NAMES: Record<Check['name'], string> = {
  engine: 'Containers',
  builder: 'Image builder',
  images: 'Images',
  suggester: 'Suggestions',
  registry: 'Image registry',
  interpreter: 'Python',
  index: 'Package index',
  folder: 'Folder',
  git: 'git',
  mail: 'Mail',
};

/** Shows what works on this machine and what to do about the rest; picking a line copies it into a new document. */
export async function showChecks(checks: readonly Check[]): Promise<void> {
  const items: QuickPickItem[] = checks.map((check) => ({
    label: `${ICONS[check.state]} ${NAMES[check.name]}`,
    description: check.text,
    ...(check.next === null ? {} : { detail: `      ${check.next}` }),
  }));
  const wrong = checks.filter((check) => check.state !== 'ok').length;
  const title = 'Hone: Check This Machine';
  const placeHolder = wrong === 0 ? 'All is well' : `${wrong} of ${checks.length} want attention; Enter opens all of it as text`;
  const picked = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true, matchOnDetail: true });
  if (picked === undefined) return;
  const content = checks.map(
    (check) =>
      `${check.state.padEnd(8)}${NAMES[check.name]}: ${check.text}${check.next === null ? '' : `\n        ${check.next}`}`,
  );
  await window.showTextDocument(await workspace.openTextDocument({ content: `${content.join('\n')}\n`, language: 'plaintext' }));
}
