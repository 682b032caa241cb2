import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from './places.mjs';
import { runCommand } from './runCommand.mjs';

/** In this order: the frameworks publish wheels for a new Python months after it. */
const CANDIDATES = ['python3.12', 'python3.11', 'python3.13', 'python3.10', 'python3.9', 'python3', 'python'];

const VERSION_CHECK = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';

/** The first Python 3.9 or later that can make virtual environments; null where there is none. */
export async function findPython() {
  for (const candidate of CANDIDATES) {
    const { code } = await runCommand(candidate, ['-c', VERSION_CHECK], { env: process.env });
    if (code === 0) return candidate;
  }
  return null;
}

/**
 * The interpreter of a virtual environment in the cache folder that holds these packages, made or brought up to date
 * where it does not.
 * @param {string} name of the environment
 * @param {string} requirements path of a requirements file
 * @param {(sentence: string) => void} say
 * @returns {Promise<string | null>} null where this machine has no usable Python
 * @throws {Error} where the packages cannot be installed
 */
export async function pythonEnvironment(name, requirements, say) {
  const folder = join(cacheDirectory, name);
  const interpreter = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const stamp = join(folder, '.requirements');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return interpreter;

  if (!existsSync(interpreter)) {
    const python = await findPython();
    if (python === null) return null;
    rmSync(folder, { recursive: true, force: true });
    await mustRun(python, ['-m', 'venv', folder]);
  }
  say(`Installing the Python packages of ${name} into ${folder}: some minutes, once.`);
  await mustRun(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  writeFileSync(stamp, wanted);
  return interpreter;
}

async function mustRun(program, programArguments) {
  const { code, output } = await runCommand(program, programArguments, { env: process.env });
  if (code !== 0)
    throw new Error(`${program} ${programArguments.join(' ')} failed:\n${output.trimEnd().split('\n').slice(-20).join('\n')}`);
}
