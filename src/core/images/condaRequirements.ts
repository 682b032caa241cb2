import { parse } from 'yaml';
import { HoneError } from '../../base/HoneError.ts';
import type { ContextFile } from './ImageRecipe.ts';
import { packagesOfModules } from './packagesOfModules.ts';
import { valueAt } from './parseToml.ts';
import { parseRequirement, normalizePackageName, type Requirement } from './Requirement.ts';

/** Conda's names of packages that the index knows under others. */
const renamed: Readonly<Record<string, string>> = {
  'matplotlib-base': 'matplotlib',
  'msgpack-python': 'msgpack',
  opencv: 'opencv-python-headless',
  'py-opencv': 'opencv-python-headless',
  'py-xgboost': 'xgboost',
  'py-xgboost-cpu': 'xgboost',
  pytables: 'tables',
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
  'pytorch-lightning': 'pytorch-lightning',
  'seaborn-base': 'seaborn',
  'tensorflow-base': 'tensorflow-cpu',
  'tensorflow-gpu': 'tensorflow-cpu',
  tensorflow: 'tensorflow-cpu',
  'tensorflow-mkl': 'tensorflow-cpu',
};

/**
 * The part of an environment.yml that pip can install: packages by conda's names as far as they are known, and its `pip:` list. Channels mean
 * nothing here. Throws HoneError `configuration` where it is not YAML.
 */
export function condaRequirements(file: ContextFile): {
  readonly requirements: readonly Requirement[];
  readonly python: string;
  readonly notes: readonly string[];
} {
  const listed = valueAt(parseYaml(file), 'dependencies');
  const items: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const specs = items.filter((item) => typeof item === 'string').map(parseSpec);
  const fromPip = items.flatMap((item) => valueAt(item, 'pip') ?? []).filter((line) => typeof line === 'string');
  const known = specs.flatMap(({ name, specifier }) => {
    const installed = renamed[name] ?? (isKnown(name) ? name : null);
    return installed === null ? [] : [parseRequirement(`${installed}${specifier}`)];
  });
  const others = specs
    .map(({ name }) => name)
    .filter((name) => renamed[name] === undefined && !isKnown(name) && !OF_CONDA.has(name));
  return {
    requirements: [...known, ...fromPip.map(parseRequirement)],
    python: specs.find(({ name }) => name === 'python')?.specifier ?? '',
    notes:
      others.length === 0
        ? []
        : [
            `${file.path} names packages that only conda has, which were left out: ${others.slice(0, 12).join(', ')}${others.length > 12 ? ', …' : ''}.`,
          ],
  };
}

const OF_CONDA: ReadonlySet<string> = new Set([
  'python',
  'pip',
  'setuptools',
  'wheel',
  'cudatoolkit',
  'cudnn',
  'mkl',
  'blas',
  'cpuonly',
  'pytorch-mutex',
  'jupyter',
  'notebook',
  'ipykernel',
  'jupyterlab',
]);
const knownPackages: ReadonlySet<string> = new Set(
  Object.values(packagesOfModules).flatMap((name) => (name === undefined ? [] : [normalizePackageName(name)])),
);

function isKnown(name: string): boolean {
  return knownPackages.has(name);
}

/** `conda-forge::numpy=1.21.2=py38h_0` is numpy 1.21.2, `numpy=1.21` any 1.21. */
function parseSpec(text: string): { readonly name: string; readonly specifier: string } {
  const [name = '', rest = ''] = (/^(?:[^:\s]+::)?([\w.-]+)\s*(.*)$/.exec(text.trim()) ?? []).slice(1);
  const exact = /^=?([\d.]+\d)(=\S+)?$/.exec(rest.replace(/\s+/g, '='));
  const isExported = exact?.[2] !== undefined;
  const specifier =
    exact === null ? (/^(?:[<>!=~]=?\s*[\w.*]+,?)+$/.test(rest) ? rest : '') : `==${exact[1]}${isExported ? '' : '.*'}`;
  return { name: normalizePackageName(name), specifier };
}

function parseYaml({ path, text }: ContextFile): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new HoneError('configuration', `${path} cannot be read: it is not YAML.`, {
      next: 'Correct it and run again.',
      cause: error,
    });
  }
}
