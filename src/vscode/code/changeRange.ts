import { window } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { Hyperparameter, StructuralEdit } from '../../core/space/SearchSpace.ts';
import { changeConfiguration } from '../run/changeConfiguration.ts';
import type { HoneHost } from '../HoneHost.ts';
import type { ScriptNode } from '../scripts/ScriptNode.ts';
import type { FileInFolder } from '../Workspace.ts';
import { describeValue } from './describeHyperparameter.ts';
import { admits, parseRange, renderRange, type OwnRange } from './parseRange.ts';

/** Asks for a range, with the one that holds to begin with, and writes it to hone.yaml. */
export async function changeRange(host: HoneHost, node: ScriptNode): Promise<void> {
  const { file, id, hyperparameter } = tunable(node);
  const typed = await window.showInputBox({
    title: `Hone: range of ${id}`,
    prompt: 'A range such as 16 – 256 (or 0.001 – 0.1 log), or what to try with commas between. It is kept in hone.yaml.',
    value: renderRange(hyperparameter.range),
    ignoreFocusOut: true,
    validateInput: (text) => remark(text, hyperparameter),
  });
  const setting = typed === undefined ? undefined : parseRange(typed, hyperparameter);
  if (typeof setting === 'object') await write(host, file, id, setting);
}

/** Keeps the value as it is, whatever is tried. */
export async function fixValue(host: HoneHost, node: ScriptNode): Promise<void> {
  const { file, id } = tunable(node);
  const count = node.kind === 'structure' ? node.structure.value : null;
  await write(host, file, id, count === null ? 'fixed' : { low: count, high: count });
}

/** Takes a value's own range, or that it is not to be touched, out of hone.yaml. Throws usage where it holds for others, too. */
export async function resetRange(host: HoneHost, node: ScriptNode): Promise<void> {
  const { file, id, setting } = own(node);
  if (setting !== id) {
    throw new HoneError('usage', `${setting} in hone.yaml holds for more than ${id}.`, {
      next: `Change it there, or set a range for ${id} alone, which counts before it.`,
    });
  }
  await changeConfiguration(await host.get(), file, [{ path: ['space', id], remove: true }]);
}

async function write(host: HoneHost, file: FileInFolder, id: string, setting: OwnRange | 'fixed'): Promise<void> {
  await changeConfiguration(await host.get(), file, [{ path: ['space', id], set: setting }]);
}

interface Tunable {
  readonly file: FileInFolder;
  readonly id: string;
  readonly hyperparameter: Pick<Hyperparameter, 'value' | 'range'>;
}

function tunable(node: ScriptNode): Tunable {
  if (node.kind !== 'value' && node.kind !== 'structure') throw new HoneError('usage', 'This has no range.');
  const file = { folder: node.folder, path: node.script.path };
  if (node.kind === 'structure') return { file, id: node.structure.id, hyperparameter: counted(node.structure) };
  return { file, id: node.hyperparameter.id, hyperparameter: node.hyperparameter };
}

function counted({ value, min, max }: StructuralEdit): Tunable['hyperparameter'] {
  return { value, range: { kind: 'int', low: min, high: max, log: false } };
}

function own(node: ScriptNode): { readonly file: FileInFolder; readonly id: string; readonly setting: string } {
  const of =
    node.kind === 'value'
      ? node.hyperparameter
      : node.kind === 'structure'
        ? node.structure
        : node.kind === 'fixedValue'
          ? node.value
          : null;
  if (of?.id === undefined || of.setting === undefined || !('script' in node))
    throw new HoneError('usage', 'hone.yaml says nothing about this value.');
  return { file: { folder: node.folder, path: node.script.path }, id: of.id, setting: of.setting };
}

/** What is wrong with what was typed, or worth knowing; null where nothing is. */
function remark(text: string, hyperparameter: Tunable['hyperparameter']): { message: string; severity: number } | string | null {
  const setting = parseRange(text, hyperparameter);
  if (typeof setting === 'string') return setting;
  if (admits(setting, hyperparameter.value)) return null;
  return { message: `The script's own value, ${describeValue(hyperparameter.value)}, is tried, too.`, severity: 1 };
}
