import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { HyperparameterValue } from '../core/space/Assignment.ts';
import type { SearchRange, SearchSpace } from '../core/space/SearchSpace.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { folderOf } from './folderOf.ts';
import { renderTable } from './renderTable.ts';

/** `hone space [SCRIPT] [-- ARGS]` */
export function addSpace(program: Command, context: CommandContext): void {
  addCommand(program, 'space [script]', 'what can be tuned in a script, and what cannot; reads the code and runs none of it')
    .usage('[options] [script] [-- args...]')
    .action((script: string | undefined, options: CommonOptions) => space(context, script, options));
}

async function space(context: CommandContext, script: string | undefined, options: CommonOptions): Promise<void> {
  const { hone, terminal, scriptArguments } = context;
  const folder = await folderOf(context, script, options.cwd);
  const request = {
    folder,
    ...(script === undefined ? {} : { script: resolve(options.cwd, script) }),
    ...(scriptArguments.length === 0 ? {} : { arguments: scriptArguments }),
  };
  const found = await hone.space(request, new AbortController().signal);
  terminal.result(options.json === true ? JSON.stringify(found) : renderSpace(found));
  if (found.hyperparameters.length + found.structure.length > 0) return;
  const reading = await reasonOf(context, folder, found.script);
  terminal.say(`Nothing in ${found.script} can be tuned.${reading}`);
}

/** What reading a script told, a syntax error that may hide something among it. */
async function reasonOf({ hone }: CommandContext, folder: string, script: string): Promise<string> {
  const request = { folder, path: resolve(folder, script), all: true };
  for await (const { reason } of hone.scan(request, new AbortController().signal)) return ` ${reason}`;
  return '';
}

function renderSpace({ script, hyperparameters, fixed, structure }: SearchSpace): string {
  const tunable = hyperparameters.map(({ id, value, range, setting, path, line, cell }) => [
    id,
    text(value),
    `${describeRange(range)}${setting === undefined ? '' : ' (hone.yaml)'}`,
    place(script, path, line, cell),
  ]);
  const kept = fixed.map(({ name, value, reason, path, line, cell }) => [
    name,
    text(value),
    place(script, path, line, cell),
    reason,
  ]);
  const counted = structure.map(({ id, value, min, max, label, path, line, cell }) => [
    id,
    text(value),
    `${min} to ${max}`,
    place(script, path, line, cell),
    label,
  ]);
  return [
    ...(tunable.length === 0 ? [] : [renderTable(['hyperparameter', 'value', 'range', 'line'], tunable)]),
    ...(counted.length === 0 ? [] : [renderTable(['structure', 'value', 'range', 'line', 'how many'], counted)]),
    ...(kept.length === 0 ? [] : [renderTable(['fixed', 'value', 'line', 'why'], kept)]),
  ].join('\n\n');
}

function text(value: HyperparameterValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function describeRange(range: SearchRange): string {
  if (range.kind === 'categorical') return range.choices.length === 1 ? 'nothing else fits' : range.choices.map(text).join(', ');
  return `${range.low} to ${range.high}${range.log ? ', log' : ''}`;
}

function place(script: string, path: string, line: number, cell: number | undefined): string {
  const where = cell === undefined ? `${line}` : `cell ${cell}, ${line}`;
  return path === script ? where : `${path}:${where}`;
}
