// Makes a checkout ready for use: dependencies, Node 24, and a build that is newer than the sources.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { node24, root } from './places.mjs';
import { runCommand } from './runCommand.mjs';

const modules = join(root, 'node_modules');

/**
 * Does only what is missing, and says beforehand what it does.
 * @param {(sentence: string) => void} say
 * @throws {Error} with one sentence for a person
 */
export async function setUp(say) {
  if (!dependenciesAreCurrent()) await installDependencies(say);
  if (!existsSync(node24)) await installNode(say);
  if (!buildIsCurrent()) await buildBundles(say);
}

/** Whether everything that the lock file asks for is installed in the version that it asks for. */
function dependenciesAreCurrent() {
  const installedLock = join(modules, '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (!existsSync(installedLock)) return false;
  if (statSync(installedLock).mtimeMs >= statSync(lock).mtimeMs) return true;
  const installed = readPackages(installedLock);
  return Object.entries(readPackages(lock)).every(
    ([path, { version, optional }]) => path === '' || optional === true || installed[path]?.version === version,
  );
}

function readPackages(lock) {
  return JSON.parse(readFileSync(lock, 'utf8')).packages;
}

async function installDependencies(say) {
  say('Installing the dependencies (npm ci), about a minute.');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { code, output } = await runCommand(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: process.env });
  // It says what is wrong first, then how it is used.
  if (code !== 0) throw new Error(`npm ci failed:\n${output.split('\n').slice(0, 10).join('\n')}`);
}

/** The package's own install script fetches the binary; npm may be set up not to run such scripts. */
async function installNode(say) {
  say('Fetching Node 24.');
  const folder = join(modules, 'node');
  const { output } = await runCommand(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, env: process.env });
  if (!existsSync(node24))
    throw new Error(`Node 24 could not be fetched; install Node 24 or later and try again.\n${lastLines(output)}`);
}

function buildIsCurrent() {
  const stamp = join(root, 'dist', '.built');
  if (!existsSync(stamp)) return false;
  const sources = ['src', 'package.json', 'package-lock.json', join('scripts', 'build.mjs')];
  return Math.max(...sources.map((source) => newestChange(join(root, source)))) <= statSync(stamp).mtimeMs;
}

/** When a file, or anything in a folder, last changed; a deleted file changes its folder. */
function newestChange(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

async function buildBundles(say) {
  say('Building (esbuild).');
  const { code, output } = await runCommand(node24, [join('scripts', 'build.mjs')]);
  if (code !== 0) throw new Error(`The build failed:\n${lastLines(output)}`);
}

function lastLines(text) {
  return text.trimEnd().split('\n').slice(-30).join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await setUp((sentence) => console.log(sentence));
    console.log('Everything is set up.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
