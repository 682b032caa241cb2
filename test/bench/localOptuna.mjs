import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeVenv } from '../../src/adapters/local/makeVenv.ts';
import { createLocalSuggester } from '../../src/adapters/suggester/createLocalSuggester.ts';
import { readSuggesterSources } from '../../src/adapters/suggester/readSuggesterSources.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../src/core/images/ImageSettings.ts';
import { suggesterRecipe } from '../../src/core/images/suggesterRecipe.ts';

const dockerDirectory = join(import.meta.dirname, '..', '..', 'docker');
const settings = DEFAULT_IMAGE_SETTINGS;

/** Runs `action` with Hone's suggester and the Python of its environment, which has Optuna; removes the environment. */
export async function withOptuna(interpreter, action) {
  const directory = await mkdtemp(join(tmpdir(), 'hone-optuna-'));
  const suggester = createLocalSuggester({ settings, dockerDirectory, interpreter, environmentsDirectory: directory });
  try {
    const recipe = suggesterRecipe(await readSuggesterSources(join(dockerDirectory, 'suggester')), settings, (text) => text);
    const { image } = await makeVenv({ interpreter, recipe, settings, directory }, () => {}, new AbortController().signal);
    return await action(suggester, image);
  } finally {
    await suggester.dispose();
    await rm(directory, { recursive: true, force: true });
  }
}
