import { window, type Memento, type QuickPickItem } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { Script } from '../../core/scan/Script.ts';
import { isBounded, parseTarget } from '../../core/study/parseTarget.ts';
import type { FileInFolder } from '../Workspace.ts';
import {
  describeGroups,
  describeTarget,
  describeTime,
  GROUPS,
  nameOfGroup,
  USUAL_CHOICE,
  type TuningChoice,
} from './TuningChoice.ts';

interface Line extends QuickPickItem {
  readonly next: 'start' | 'target' | 'time' | 'groups';
}

/**
 * The one question before a study: Enter starts with what is shown, the other lines change it. The answer is remembered for the script.
 * @throws HoneError `cancelled`
 */
export async function askTuning(file: FileInFolder, script: Script | null, memory: Memento): Promise<TuningChoice> {
  const key = `hone.tuning.${file.folder}/${file.path}`;
  const metric = script?.metric?.name ?? 'accuracy';
  let choice: TuningChoice = { ...USUAL_CHOICE, ...memory.get<TuningChoice>(key) };
  for (;;) {
    const picked = await window.showQuickPick(linesOf(choice, metric), {
      title: `Hone: Tune ${file.path}`,
      placeHolder: 'Enter starts. Nothing in your files changes before you accept a diff.',
      ignoreFocusOut: true,
    });
    if (picked === undefined) throw new HoneError('cancelled', 'Nothing was started.');
    if (picked.next === 'start') break;
    choice = await change(choice, picked.next, metric);
  }
  await memory.update(key, choice);
  return choice;
}

function linesOf(choice: TuningChoice, metric: string): Line[] {
  return [
    { label: '$(play) Start Tuning', description: `until ${describeTarget(choice, metric)}`, next: 'start' },
    { label: '$(target) Target', description: describeTarget(choice, metric), next: 'target' },
    { label: '$(watch) Time', description: describeTime(choice), next: 'time' },
    { label: '$(settings) May Change', description: describeGroups(choice), next: 'groups' },
  ];
}

async function change(choice: TuningChoice, what: 'target' | 'time' | 'groups', metric: string): Promise<TuningChoice> {
  if (what === 'target') return withTarget(choice, metric);
  if (what === 'time') return { ...choice, minutes: await askMinutes(choice.minutes) };
  const picked = await window.showQuickPick(
    GROUPS.map((group) => ({ label: nameOfGroup(group), group, picked: choice.groups?.includes(group) ?? true })),
    { title: 'Hone: What may change?', canPickMany: true, ignoreFocusOut: true },
  );
  if (picked === undefined) return choice;
  return { ...choice, groups: picked.length === GROUPS.length ? null : picked.map(({ group }) => group) };
}

async function withTarget(choice: TuningChoice, metric: string): Promise<TuningChoice> {
  const bounded = isBounded(metric);
  const none = { label: 'The Best in the Time', value: null };
  const usual = bounded ? ['80', '95', '99'].map((value) => ({ label: `${value} %`, value })) : [];
  const picked = await window.showQuickPick([...usual, none, { label: 'Another…', value: undefined }], {
    title: `Hone: Which ${metric} is good enough?`,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return choice;
  if (picked.value !== undefined) return { ...choice, target: picked.value };
  const typed = await window.showInputBox({
    title: `Hone: Target for ${metric}`,
    value: choice.target ?? '',
    prompt: bounded ? 'As 97.5, 97.5% or 0.975' : 'A number',
    validateInput: (text) => (parseTarget(text, bounded) === null ? `${text} is no target for ${metric}.` : null),
    ignoreFocusOut: true,
  });
  return typed === undefined ? choice : { ...choice, target: typed.trim() };
}

async function askMinutes(before: number | null): Promise<number | null> {
  const choices = [
    { label: 'As the First Training Suggests', description: '30 minutes for trainings of less than a minute', value: null },
    { label: '10 minutes', value: 10 },
    { label: '30 minutes', value: 30 },
    { label: '1 hour', value: 60 },
    { label: '3 hours', value: 180 },
    { label: '10 hours', value: 600 },
  ];
  const picked = await window.showQuickPick<QuickPickItem & { readonly value: number | null }>(choices, {
    title: 'Hone: How long may it take?',
    ignoreFocusOut: true,
  });
  return picked === undefined ? before : picked.value;
}
