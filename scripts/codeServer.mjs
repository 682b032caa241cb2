import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDirectory } from './places.mjs';
import { runCommand } from './runCommand.mjs';

const VERSION = '4.139.1';

/** The package's folder; it carries the workbench and the extension host of VS Code. */
export const codeServerFolder =
  process.env.HONE_CODE_SERVER || join(cacheDirectory, 'code-server', 'node_modules', 'code-server');

/** The last thing that an installation makes. */
const complete = join(codeServerFolder, 'lib', 'vscode', 'extensions', 'node_modules');

/**
 * Installs code-server, native parts included, where it is missing; it needs a C++ compiler, libkrb5 and libsecret. Without
 * Chromium to show it, it is of no use.
 * @param {(sentence: string) => void} say
 * @returns {Promise<boolean>} false where it cannot be built on this machine, which was said
 */
export async function installCodeServer(say) {
  if (!existsSync(process.env.HONE_CHROMIUM ?? '/usr/bin/chromium')) return false;
  if (existsSync(complete)) return true;
  if (process.env.HONE_CODE_SERVER || process.platform !== 'linux') return false;
  say(`Installing code-server ${VERSION} for the editor tests, about three minutes, once.`);
  const folder = join(cacheDirectory, 'code-server');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const node = join(folder, 'node_modules', 'node');
  const headers = join(node, 'node_modules', `node-linux-${process.arch}`);
  const native = { ...process.env, PATH: `${join(node, 'bin')}:${process.env.PATH}`, npm_config_nodedir: headers };
  const quiet = ['--no-audit', '--no-fund'];
  const workbench = join(codeServerFolder, 'lib', 'vscode');
  for (const { command, cwd, env } of [
    {
      command: ['npm', 'install', 'node@24', `code-server@${VERSION}`, '--ignore-scripts', ...quiet],
      cwd: folder,
      env: process.env,
    },
    { command: ['node', 'installArchSpecificPackage.js'], cwd: node, env: process.env },
    { command: ['npm', 'install', '--omit=dev', ...quiet], cwd: workbench, env: native },
    { command: ['npm', 'install', '--omit=dev', ...quiet], cwd: join(workbench, 'extensions'), env: native },
  ]) {
    const { code, output } = await runCommand(command[0], command.slice(1), { cwd, env });
    if (code === 0) continue;
    say(`${command.join(' ')} failed in ${cwd}:\n${output.trimEnd().split('\n').slice(-10).join('\n')}`);
    return false;
  }
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = (await installCodeServer(console.log)) ? 0 : 1;
}
