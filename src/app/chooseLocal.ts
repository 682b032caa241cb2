import { HoneError } from '../base/HoneError.ts';
import type { ImageRecipe } from '../core/images/ImageRecipe.ts';
import type { Framework } from '../core/scan/Script.ts';
import { frameworkRecipe } from './chooseImage.ts';
import type { FoundPackages } from './findOwnPackages.ts';
import type { TrainRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import type { LocatedScript } from './locateScript.ts';

/** Packages of which one must be there, and what a person calls the framework. */
const frameworks: Readonly<Record<Framework, { readonly title: string; readonly packages: readonly string[] }>> = {
  keras: { title: 'Keras', packages: ['tensorflow', 'keras'] },
  sklearn: { title: 'scikit-learn', packages: ['scikit-learn'] },
  pytorch: { title: 'PyTorch', packages: ['torch'] },
  xgboost: { title: 'XGBoost', packages: ['xgboost'] },
  lightgbm: { title: 'LightGBM', packages: ['lightgbm'] },
  catboost: { title: 'CatBoost', packages: ['catboost'] },
  none: { title: '', packages: [] },
};

/**
 * What is to be installed for a script that runs without a container: nothing where its interpreter has the framework, else an environment of
 * Hone's own where the request asks for that, or it was made before.
 * @throws HoneError `framework-absent` where neither is so
 */
export async function chooseLocal(
  ports: HonePorts,
  request: TrainRequest,
  located: LocatedScript,
  packages: FoundPackages,
  interpreter: string,
): Promise<ImageRecipe | null> {
  const { title, packages: names } = frameworks[located.script.framework];
  const facts = await ports.machine.interpreter(interpreter);
  if (facts === null) return null; // Whoever prepares the run says so.
  const isThere = names.length === 0 || names.some((name) => facts.frameworks[name] !== undefined);
  if (isThere && request.makeEnvironment !== true) return null;
  const python = /^\d+\.\d+/.exec(facts.version)?.[0] ?? null;
  const recipe = await frameworkRecipe(ports, request.folder, located, packages, python);
  // Who agreed to it once need not be asked again.
  if (request.makeEnvironment === true || (await ports.hasEnvironment(interpreter, recipe))) return recipe;
  throw new HoneError(
    'framework-absent',
    `${interpreter} (Python ${facts.version}) has no ${title}, which ${located.script.path} needs.`,
    { next: 'Let Hone make an environment with it (--make-venv), install it there, or choose another interpreter.' },
  );
}
