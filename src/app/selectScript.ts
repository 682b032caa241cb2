import { HoneError } from '../base/HoneError.ts';
import type { ScriptScanner } from '../core/ports/ScriptScanner.ts';
import type { Script } from '../core/scan/Script.ts';

export interface ScriptPlace {
  /** Absolute path of the folder that paths are relative to. */
  readonly folder: string;
  /** Absolute path of what to look at: a file, or a folder with one script. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
}

/**
 * The one script that is meant: the file, or the only one that trains in the folder.
 * @throws HoneError `no-script`, `several-scripts` (names them), `unreadable-source`
 */
export async function selectScript(scanner: ScriptScanner, place: ScriptPlace, signal: AbortSignal): Promise<Script> {
  const { folder, path, kind } = place;
  const found = await collect(scanner.scan({ folder, path, all: kind === 'file' }, signal));
  if (kind === 'file') return namedScript(found[0], path);
  if (found.length > 0) return onlyScript(found);
  const [only, ...others] = await collect(scanner.scan({ folder, path, all: true }, signal));
  if (only !== undefined && others.length === 0) return namedScript(only, path);
  throw new HoneError('no-script', `Nothing in ${path} trains.`, { next: '`hone scan --all` tells why, file by file.' });
}

async function collect(scripts: AsyncIterable<Script>): Promise<readonly Script[]> {
  const found: Script[] = [];
  for await (const script of scripts) found.push(script);
  return found;
}

function namedScript(script: Script | undefined, path: string): Script {
  if (script === undefined) {
    throw new HoneError('usage', `${path} is neither a Python file nor a notebook.`, {
      next: 'Name a .py or .ipynb file that trains.',
    });
  }
  if (script.trains) return script;
  throw new HoneError('no-script', `${script.path} does not train: ${script.reason}`, { next: '`hone scan` lists what does.' });
}

function onlyScript(found: readonly Script[]): Script {
  const direct = found.filter((script) => script.runsDirectly);
  const candidates = direct.length > 0 ? direct : found;
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const names = candidates.map((script) => script.path).sort();
  const shown = names.slice(0, 10).join(', ') + (names.length > 10 ? `, and ${names.length - 10} more` : '');
  throw new HoneError('several-scripts', `Several scripts train here: ${shown}.`, {
    next: `Name one of them, such as ${names[0]}.`,
  });
}
