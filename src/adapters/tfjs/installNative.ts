import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import { runProgram } from '../local/runProgram.ts';

export interface NativeInstall {
  /** Where it is installed: a folder with node_modules. It is replaced as a whole, or not at all. */
  readonly directory: string;
  /** An interpreter that may have TensorFlow; null where there is none. */
  readonly interpreter: string | null;
  /** Brings the folder `tensorflow` of an image of Hone's into a folder; false where there is no such image. */
  readonly copyFromImage: (target: string) => Promise<boolean>;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

const PACKAGE = '@tensorflow/tfjs-node@4.22.0';
const LIBRARIES = [
  ['libtensorflow_cc.so.2', 'libtensorflow.so'],
  ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
] as const;
const NODE_GYP = 'node-gyp@^12';

/**
 * Installs the native TensorFlow.js: as its package does by itself, else built against the TensorFlow of an interpreter or of an image, whose
 * wheel holds the library and its headers. Resolves with how, in a sentence.
 * @throws HoneError `model-unreadable` where neither way works, with what was said; `cancelled`
 */
export async function installNative(install: NativeInstall): Promise<string> {
  const draft = `${install.directory}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    await writeFile(join(draft, 'package.json'), '{"private": true}\n');
    const how = (await installPackage(install, draft)) ?? (await buildPackage(install, draft));
    await rm(install.directory, { recursive: true, force: true });
    await rename(draft, install.directory);
    return how;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Null where its own download fails, or what it brings does not load. */
async function installPackage({ onProgress, signal }: NativeInstall, draft: string): Promise<string | null> {
  onProgress({ text: 'Installing native TensorFlow.js', fraction: null });
  const { exitCode } = await npm(['install', '--no-audit', '--no-fund', PACKAGE], draft, signal);
  if (exitCode !== 0 || !(await loads(draft, signal))) return null;
  return 'Native TensorFlow.js is installed.';
}

async function buildPackage(install: NativeInstall, draft: string): Promise<string> {
  const { onProgress, signal } = install;
  onProgress({ text: 'Its download failed: fetching its sources', fraction: null });
  await required(
    npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', PACKAGE], draft, signal),
    'npm could not fetch it',
  );
  const folder = join(draft, 'node_modules', '@tensorflow', 'tfjs-node');
  const library = await findTensorFlow(install, draft);
  onProgress({ text: 'Building it', fraction: null });
  await mkdir(join(folder, 'deps', 'lib'), { recursive: true });
  // What was copied moves on with the draft; an interpreter's own stays where it is.
  const place = library.startsWith(draft) ? rename : symlink;
  await place(join(library, 'include'), join(folder, 'deps', 'include'));
  for (const [name, alias] of LIBRARIES) {
    await place(join(library, name), join(folder, 'deps', 'lib', name));
    await symlink(name, join(folder, 'deps', 'lib', alias));
  }
  // What the package's own script would pass.
  const options = [
    'napi_version=8',
    'napi_build_version=8',
    'module_name=tfjs_binding',
    `module_path=${join(folder, 'lib', 'napi-v8')}`,
  ];
  const build = ['exec', '--yes', `--package=${NODE_GYP}`, '--', 'node-gyp', 'rebuild', ...options.map((one) => `--${one}`)];
  await required(npm(build, folder, signal), 'it could not be built');
  if (!(await loads(draft, signal))) throw failed('what was built does not load');
  const of = library.startsWith(draft) ? 'of an image' : `in ${library}`;
  return `Native TensorFlow.js is built against the TensorFlow ${of}.`;
}

/** The folder of an installed TensorFlow: the interpreter's, which stays where it is, or an image's, copied. */
async function findTensorFlow(install: NativeInstall, draft: string): Promise<string> {
  const { interpreter, copyFromImage, onProgress, signal } = install;
  const own = interpreter === null ? null : await folderOfPackage(interpreter, draft, signal);
  if (own !== null && existsSync(join(own, LIBRARIES[0][0]))) return own;
  onProgress({ text: 'Copying TensorFlow out of an image', fraction: null });
  const target = join(draft, 'library');
  if (await copyFromImage(target)) return join(target, 'tensorflow');
  throw failed('neither an interpreter nor an image of Hone has a TensorFlow for Linux to build it against');
}

async function folderOfPackage(interpreter: string, cwd: string, signal: AbortSignal): Promise<string | null> {
  const find = 'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0] if s else "")';
  const { output } = await runProgram([interpreter, '-c', find], { cwd, environment: process.env }, () => {}, signal);
  const folder = output.at(-1)?.trim() ?? '';
  return folder === '' ? null : folder;
}

async function loads(folder: string, signal: AbortSignal): Promise<boolean> {
  const load = `const u = require('util'); u.isNullOrUndefined ??= (v) => v == null; u.isArray ??= Array.isArray; require('@tensorflow/tfjs-node')`;
  const environment = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return (await runProgram([process.execPath, '-e', load], { cwd: folder, environment }, () => {}, signal)).exitCode === 0;
}

type Ended = ReturnType<typeof runProgram>;

function npm(args: readonly string[], cwd: string, signal: AbortSignal): Ended {
  const program = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return runProgram([program, ...args], { cwd, environment: process.env }, () => {}, signal);
}

async function required(ending: Ended, what: string): Promise<void> {
  const { exitCode, output } = await ending;
  if (exitCode !== 0)
    throw failed(`${what}: ${output.findLast((line) => /error|ERR/u.test(line)) ?? output.at(-1) ?? 'it said nothing'}`);
}

function failed(why: string): HoneError {
  return new HoneError('model-unreadable', `Native TensorFlow.js was not installed: ${why}.`, {
    next: 'Models are computed on WebAssembly instead, with the same results.',
  });
}
