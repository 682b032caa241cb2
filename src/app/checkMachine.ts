import { describeError, HoneError } from '../base/HoneError.ts';
import type { Check } from './Hone.ts';
import type { HonePorts } from './HonePorts.ts';

/** What of this machine works for training, what does not, and what to do: `doctor`. */
export async function checkMachine(ports: HonePorts, folder: string, signal: AbortSignal): Promise<readonly Check[]> {
  const checks = await Promise.all([
    checkEngine(ports),
    checkInterpreter(ports, folder),
    checkFolder(ports, folder),
    checkGit(ports),
  ]);
  signal.throwIfAborted();
  return checks;
}

async function checkEngine({ checkEngine: probe }: HonePorts): Promise<Check> {
  const { available, text, next, gpus = false } = await probe();
  const about = gpus ? `${text} It can give containers a GPU (\`gpus: all\` in hone.yaml).` : text;
  return { name: 'engine', state: available ? 'ok' : 'warning', text: about, next };
}

async function checkInterpreter({ findInterpreter }: HonePorts, folder: string): Promise<Check> {
  try {
    return {
      name: 'interpreter',
      state: 'ok',
      text: `Python without containers: ${await findInterpreter(folder, null)}.`,
      next: null,
    };
  } catch (error) {
    if (!(error instanceof HoneError)) throw error;
    return { name: 'interpreter', state: 'warning', text: error.message, next: error.next };
  }
}

async function checkFolder({ project }: HonePorts, folder: string): Promise<Check> {
  try {
    await project.readConfiguration(folder);
    return { name: 'folder', state: 'ok', text: `${folder} can be read.`, next: null };
  } catch (error) {
    return { name: 'folder', state: 'error', text: describeError(error), next: null };
  }
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
