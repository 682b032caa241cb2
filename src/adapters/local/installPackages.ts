import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DEFAULT_TORCH_INDEX } from '../../core/images/imageCatalog.ts';
import type { ImageRecipe } from '../../core/images/ImageRecipe.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import { describeBuildFailure } from '../describeBuildFailure.ts';
import { withRefusals } from '../withRefusals.ts';
import { runProgram } from './runProgram.ts';

export interface InstallRequest {
  /** Absolute path of the environment's own interpreter. */
  readonly python: string;
  /** Absolute path of the environment. */
  readonly folder: string;
  readonly recipe: ImageRecipe;
  /** With the logins of the indexes: they reach pip by its environment. */
  readonly settings: ImageSettings;
}

/** Installs what a recipe lists into an environment. Throws HoneError image-build, disk-full or cancelled. */
export async function installPackages(
  { python, folder, recipe, settings }: InstallRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const lists = join(folder, 'hone');
  for (const { path, text } of recipe.files.filter((file) => /^(?:framework|project|constraints)\.txt$/.test(file.path))) {
    await mkdir(lists, { recursive: true });
    await writeFile(join(lists, path), text);
  }
  const named = ['-r', 'framework.txt', '-r', 'project.txt', '-c', 'constraints.txt'];
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  let collected = 0;
  const onLine = (text: string): void => {
    if (/^(?:Collecting|Downloading|Using cached)/.test(text)) collected++;
    onProgress({ text: `Making the environment: ${text.slice(0, 160)}`, fraction: Math.min(0.95, collected / (collected + 20)) });
  };
  const options = { cwd: lists, environment: { ...process.env, ...pipEnvironment(recipe, settings) } };
  const { exitCode, output } = await runProgram(
    [python, '-I', '-m', 'pip', 'install', ...quiet, ...named],
    options,
    onLine,
    signal,
  );
  if (exitCode !== 0) {
    const failure = { message: `pip ended with exit code ${exitCode}`, step: null, output };
    throw describeBuildFailure('The environment', await withRefusals(failure, settings));
  }
  await addCompatibility(recipe, folder, lists);
}

function pipEnvironment(
  recipe: ImageRecipe,
  { indexUrl, extraIndexUrls, torchIndexUrl, caBundle, wheels }: ImageSettings,
): NodeJS.ProcessEnv {
  const torch = 'TORCH_INDEX_URL' in recipe.buildArguments ? [torchIndexUrl ?? DEFAULT_TORCH_INDEX] : [];
  const extra = [...extraIndexUrls, ...torch];
  return {
    ...(indexUrl === null ? {} : { PIP_INDEX_URL: indexUrl }),
    ...(extra.length === 0 ? {} : { PIP_EXTRA_INDEX_URL: extra.join(' ') }),
    ...(caBundle === null ? {} : { PIP_CERT: caBundle }),
    ...(wheels === null ? {} : { PIP_FIND_LINKS: wheels }),
    PIP_REQUIRE_VIRTUALENV: '1', // Whatever goes wrong, nothing is installed into the user's own Python.
  };
}

/** The names that newer releases took out, for code that uses them: as in an image, by a .pth file. */
async function addCompatibility(recipe: ImageRecipe, folder: string, lists: string): Promise<void> {
  const files = recipe.files.filter(({ path }) => path.startsWith('compatibility/'));
  for (const { path, text } of files) {
    const target = path.endsWith('.pth')
      ? join(await sitePackages(folder), path.slice('compatibility/'.length))
      : join(lists, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text.replace('/opt/hone/compatibility', join(lists, 'compatibility')));
  }
}

async function sitePackages(folder: string): Promise<string> {
  if (process.platform === 'win32') return join(folder, 'Lib', 'site-packages');
  const [version = 'python3'] = (await readdir(join(folder, 'lib'))).filter((name) => name.startsWith('python'));
  return join(folder, 'lib', version, 'site-packages');
}
