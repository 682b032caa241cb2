import { resolve } from 'node:path';
import type { Command } from 'commander';
import { HoneError } from '../base/HoneError.ts';
import type { Script } from '../core/scan/Script.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { renderTable } from './renderTable.ts';

/** `hone scan [PATH] [--all]` */
export function addScan(program: Command, context: CommandContext): void {
  addCommand(program, 'scan [path]', 'what trains here; reads the code and runs none of it')
    .option('--all', 'files that do not train too, with the reason')
    .action((path: string | undefined, options: CommonOptions & { all?: boolean }) => scan(context, path, options));
}

async function scan(
  { hone, ports, terminal }: CommandContext,
  path: string | undefined,
  options: CommonOptions & { all?: boolean },
): Promise<void> {
  const target = resolve(options.cwd, path ?? '.');
  const kind = await ports.project.kindOf(target);
  if (kind === null) throw new HoneError('usage', `${target} does not exist.`, { next: 'Check the path.' });
  const scripts: Script[] = [];
  const request = { folder: options.cwd, path: target, all: options.all ?? false };
  for await (const script of hone.scan(request, new AbortController().signal)) scripts.push(script);
  scripts.sort((a, b) => (a.path < b.path ? -1 : 1));
  terminal.result(options.json === true ? JSON.stringify({ version: 1, scripts }) : renderScripts(scripts));
  if (scripts.length === 0) terminal.say('Nothing here trains. `hone scan --all` tells why, file by file.');
}

function renderScripts(scripts: readonly Script[]): string {
  const rows = scripts.map((script) => [
    script.path,
    script.trains ? script.framework : '-',
    script.trains ? script.family : '-',
    script.metric === null ? '-' : `${script.metric.name} (${script.metric.data})`,
    script.reason,
  ]);
  return rows.length === 0 ? '' : renderTable(['script', 'framework', 'family', 'metric', 'why'], rows);
}
