import { describeError, HoneError } from '../base/HoneError.ts';
import { checkEngine } from './checkEngine.ts';
import { checkMail } from './checkMail.ts';
import { checkIndexes } from './checkIndexes.ts';
import type { Check } from './Hone.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/** A first build of Keras with its caches needs so much. */
const ENOUGH_BYTES = 5e9;

/** What of this machine works for training, what does not, and what to do: `doctor`. All is asked at once, and takes less than five seconds. */
export async function checkMachine(ports: HonePorts, folder: string, signal: AbortSignal): Promise<readonly Check[]> {
  const checks = await Promise.all([
    guarded('engine', checkEngine(ports)),
    guarded('index', checkIndexes(ports)),
    guarded('interpreter', checkInterpreter(ports, folder)),
    guarded('folder', checkFolder(ports, folder)),
    guarded('git', checkGit(ports)),
    guarded('mail', checkMail(ports)),
  ]);
  signal.throwIfAborted();
  return checks.flat();
}

/** One look that fails must not hide the others. */
async function guarded(name: Check['name'], checks: Promise<Check | readonly Check[]>): Promise<Check | readonly Check[]> {
  try {
    return await checks;
  } catch (error) {
    return { name, state: 'error', text: describeError(error), next: null };
  }
}

async function checkInterpreter({ findInterpreter, machine }: HonePorts, folder: string): Promise<Check> {
  try {
    const path = await findInterpreter(folder, null);
    const facts = await machine.interpreter(path);
    const found = Object.entries(facts?.frameworks ?? {}).map(([name, version]) => `${name} ${version}`.trim());
    const text = `Python ${facts?.version ?? ''} at ${path} `.replace('  ', ' ');
    if (found.length > 0)
      return {
        name: 'interpreter',
        state: 'ok',
        text: `${text}trains without containers: it has ${found.join(', ')}.`,
        next: null,
      };
    return {
      name: 'interpreter',
      state: 'warning',
      text: `${text}holds no framework that it could train with.`,
      next: MAKE_ENVIRONMENT,
    };
  } catch (error) {
    if (!(error instanceof HoneError)) throw error;
    return { name: 'interpreter', state: 'warning', text: error.message, next: error.next };
  }
}

const MAKE_ENVIRONMENT =
  'Containers do not need it. Without them, `hone train --runtime local --make-venv` makes an environment beside it.';

async function checkFolder({ project, machine }: HonePorts, folder: string): Promise<Check> {
  try {
    await project.readConfiguration(folder);
  } catch (error) {
    return { name: 'folder', state: 'error', text: describeError(error), next: null };
  }
  const { writable, freeBytes } = await machine.folder(folder);
  const free = `${(freeBytes / 1e9).toFixed(0)} GB are free`;
  if (!writable)
    return {
      name: 'folder',
      state: 'error',
      text: `${folder} cannot be written to.`,
      next: 'Hone keeps what it does in .hone there: copy the folder to a place of your own.',
    };
  if (freeBytes < ENOUGH_BYTES)
    return {
      name: 'folder',
      state: 'warning',
      text: `${folder} can be written to, but only ${free}.`,
      next: '`hone clean` removes what is not needed any more.',
    };
  return { name: 'folder', state: 'ok', text: `${folder} can be written to; ${free}.`, next: null };
}

async function checkGit({ gitVersion }: HonePorts): Promise<Check> {
  const version = await gitVersion();
  if (version !== null) return { name: 'git', state: 'ok', text: `git ${version}.`, next: null };
  return {
    name: 'git',
    state: 'warning',
    text: 'git is not installed.',
    next: 'Training works without it; commits and polling do not.',
  };
}
