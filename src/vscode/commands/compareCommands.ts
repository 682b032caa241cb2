import { window } from 'vscode';
import type { LookRequest } from '../../app/requests.ts';
import { HoneError } from '../../base/HoneError.ts';
import type { Parts } from '../Parts.ts';
import { asLook, lookArgument, studyArgument } from './arguments.ts';
import type { Handlers } from './registerCommands.ts';
import { all, pickStudy } from './runCommands.ts';

/** The commands that set runs beside one another, name them, and bring back what they wrote. */
export function compareCommands(parts: Parts): Pick<Handlers, 'hone.compare' | 'hone.saveOutputs' | 'hone.rename' | 'hone.note'> {
  return {
    'hone.compare': (node, nodes) => compare(parts, node, nodes),
    'hone.saveOutputs': async (argument) => saveOutputs(parts, await chosen(parts, argument, 'Whose files?')),
    'hone.rename': (argument) => label(parts, argument, 'name'),
    'hone.note': (argument) => label(parts, argument, 'note'),
  };
}

async function chosen(parts: Parts, argument: unknown, question: string): Promise<LookRequest> {
  return lookArgument(argument) ?? asLook(await pickStudy(parts, all(parts), question));
}

async function compare(parts: Parts, node: unknown, nodes: unknown): Promise<void> {
  const selected = (Array.isArray(nodes) ? nodes : []).map(lookArgument).filter((each) => each !== null);
  const first = selected[0] ?? (await chosen(parts, node, 'Which one is to be compared?'));
  const second = selected[1] ?? (await pickOther(parts, first));
  if (first.folder !== second.folder) throw new HoneError('usage', 'Only runs of one folder can be compared.');
  const [before, after] = startedAt(parts, first) <= startedAt(parts, second) ? [first, second] : [second, first];
  await parts.comparedTexts.show(await (await parts.host.get()).compare(first.folder, before, after));
}

async function pickOther(parts: Parts, { folder, study }: LookRequest): Promise<LookRequest> {
  const others = all(parts).filter((ref) => ref.folder === folder && ref.id !== study);
  if (others.length === 0)
    throw new HoneError('usage', 'There is no other run to compare it with.', { next: 'Train again first.' });
  return asLook(await pickStudy(parts, others, `Compare ${study} with which one?`));
}

function startedAt({ studies }: Parts, { folder, study: id }: LookRequest): number {
  return studies.get({ folder, id })?.startedAt ?? 0;
}

async function saveOutputs(parts: Parts, request: LookRequest): Promise<void> {
  const hone = await parts.host.get();
  const first = await hone.save(request);
  let { saved } = first;
  if (first.existing.length > 0) {
    const detail = listed(first.existing);
    const question =
      first.existing.length === 1
        ? 'A file is there already. Replace it?'
        : `${first.existing.length} files are there already. Replace them?`;
    if ((await window.showWarningMessage(question, { modal: true, detail }, 'Replace')) === 'Replace') {
      saved = (await hone.save({ ...request, overwrite: true })).saved;
    }
  }
  const refused =
    first.refused.length === 0 ? '' : ` Not saved, since a link or something else is in the way: ${listed(first.refused)}.`;
  const text = saved.length === 0 ? 'Nothing was saved.' : `Saved ${listed(saved)} in ${first.target}.`;
  void window.showInformationMessage(`Hone: ${text}${refused}`);
}

function listed(paths: readonly string[]): string {
  return `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? `, and ${paths.length - 5} more` : ''}`;
}

async function label(parts: Parts, argument: unknown, kind: 'name' | 'note'): Promise<void> {
  const ref =
    studyArgument(argument) ??
    (await pickStudy(parts, all(parts), kind === 'name' ? 'Which one gets a name?' : 'A note on which one?'));
  const text = await window.showInputBox({
    title: kind === 'name' ? `Name of ${ref.id}` : `Note on ${ref.id}`,
    prompt: 'Leave it empty to take it away.',
    value: parts.studies.get(ref)?.[kind] ?? '',
  });
  if (text !== undefined) await (await parts.host.get()).label(ref.folder, ref.id, { [kind]: text });
}
