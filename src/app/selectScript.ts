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
  const found: Script[] = [];
  const request = { folder: place.folder, path: place.path, all: place.kind === 'file' };
  for await (const script of scanner.scan(request, signal)) found.push(script);
  return place.kind === 'file' ? namedScript(found[0], place.path) : onlyScript(found, place.path);
}

function namedScript(script: Script | undefined, path: string): Script {
  if (script === undefined) {
    throw new HoneError('usage', `${path} is neither a Python file nor a notebook.`, { next: 'Name a .py or .ipynb file that trains.' });
  }
  if (script.trains) return script;
  throw new HoneError('no-script', `${script.path} does not train: ${script.reason}`, { next: '`hone scan` lists what does.' });
}

function onlyScript(found: readonly Script[], path: string): Script {
  const direct = found.filter((script) => script.runsDirectly);
  const [only, ...others] = direct.length > 0 ? direct : found;
  if (only === undefined) {
    throw new HoneError('no-script', `Nothing in ${path} trains.`, { next: '`hone scan --all` tells why, file by file.' });
  }
  if (others.length === 0) return only;
  const names = [only, ...others].map((script) => script.path).sort();
  const shown = names.slice(0, 10).join(', ') + (names.length > 10 ? `, and ${names.length - 10} more` : '');
  throw new HoneError('several-scripts', `Several scripts train here: ${shown}.`, { next: 'Name one of them.' });
}
