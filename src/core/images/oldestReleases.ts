import { admitsVersion } from './admitsVersion.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';

/** Pythons that images can be based on, the preferred first. */
export const PYTHONS = ['3.11', '3.10', '3.9', '3.8', '3.12', '3.13'] as const;
type Python = (typeof PYTHONS)[number];

/** Of packages that cannot be built without a compiler, the first release with wheels for each Python. A wrong row costs a retry: pins that fail are relaxed. */
const oldest: Readonly<Record<string, Readonly<Record<Python, string>>>> = {
  numpy: { '3.8': '1.17.3', '3.9': '1.19.3', '3.10': '1.21.3', '3.11': '1.23.2', '3.12': '1.26.0', '3.13': '2.1.0' },
  scipy: { '3.8': '1.3.2', '3.9': '1.5.4', '3.10': '1.7.2', '3.11': '1.9.2', '3.12': '1.11.2', '3.13': '1.14.1' },
  'scikit-learn': { '3.8': '0.22', '3.9': '0.24.0', '3.10': '1.0.2', '3.11': '1.1.3', '3.12': '1.3.1', '3.13': '1.5.2' },
  pandas: { '3.8': '0.25.3', '3.9': '1.1.3', '3.10': '1.3.3', '3.11': '1.5.1', '3.12': '2.1.1', '3.13': '2.2.3' },
  matplotlib: { '3.8': '3.2.0', '3.9': '3.3.3', '3.10': '3.5.0', '3.11': '3.6.0', '3.12': '3.8.0', '3.13': '3.9.2' },
  tensorflow: { '3.8': '2.2.0', '3.9': '2.5.0', '3.10': '2.8.0', '3.11': '2.12.0', '3.12': '2.16.1', '3.13': '2.20.0' },
  keras: { '3.8': '2.4.3', '3.9': '2.4.3', '3.10': '2.8.0', '3.11': '2.12.0', '3.12': '3.0.5', '3.13': '3.5.0' },
  torch: { '3.8': '1.4.0', '3.9': '1.7.1', '3.10': '1.11.0', '3.11': '2.0.0', '3.12': '2.2.0', '3.13': '2.5.0' },
  torchvision: { '3.8': '0.5.0', '3.9': '0.8.2', '3.10': '0.12.0', '3.11': '0.15.1', '3.12': '0.17.0', '3.13': '0.20.0' },
  h5py: { '3.8': '2.10.0', '3.9': '3.1.0', '3.10': '3.6.0', '3.11': '3.8.0', '3.12': '3.10.0', '3.13': '3.12.0' },
  pillow: { '3.8': '6.2.1', '3.9': '8.0.0', '3.10': '8.4.0', '3.11': '9.3.0', '3.12': '10.1.0', '3.13': '11.0.0' },
  'scikit-image': { '3.8': '0.16.2', '3.9': '0.18.0', '3.10': '0.19.0', '3.11': '0.20.0', '3.12': '0.22.0', '3.13': '0.25.0' },
  statsmodels: { '3.8': '0.11.0', '3.9': '0.12.1', '3.10': '0.13.1', '3.11': '0.13.5', '3.12': '0.14.1', '3.13': '0.14.4' },
  numba: { '3.8': '0.47.0', '3.9': '0.53.0', '3.10': '0.55.0', '3.11': '0.57.0', '3.12': '0.59.0', '3.13': '0.61.0' },
  llvmlite: { '3.8': '0.31.0', '3.9': '0.36.0', '3.10': '0.38.0', '3.11': '0.40.0', '3.12': '0.42.0', '3.13': '0.44.0' },
  opencv: {
    '3.8': '4.2.0.34',
    '3.9': '4.4.0.46',
    '3.10': '4.5.4.60',
    '3.11': '4.5.4.60',
    '3.12': '4.5.4.60',
    '3.13': '4.5.4.60',
  },
  pyyaml: { '3.8': '5.3', '3.9': '5.4.1', '3.10': '6.0', '3.11': '6.0.1', '3.12': '6.0.1', '3.13': '6.0.2' },
};

/** A project's wishes as far as a Python can have them. */
export interface FittedRequirements {
  readonly requirements: readonly Requirement[];
  /** Packages whose wished release is older than any for this Python. */
  readonly relaxed: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** Lifts wishes for releases that are too old for a Python to the oldest series that it can have, and says so. */
export function fitToPython(wishes: readonly Requirement[], python: string): FittedRequirements {
  const relaxed = new Set<string>();
  const notes: string[] = [];
  const requirements = wishes.map((wish) => {
    const floor = floorOf(wish, python);
    if (floor === null || !isBelow(wish.specifier, floor)) return wish;
    const series = floor.split('.').slice(0, 2).join('.');
    relaxed.add(distributionOf(wish));
    notes.push(
      `${wish.name} ${wish.specifier.replace(/^==/, '')} has no build for Python ${python}: it is ${wish.name} ${series} instead.`,
    );
    return parseRequirement(`${wish.name}==${series}.*${wish.marker === '' ? '' : `; ${wish.marker}`}`);
  });
  return { requirements, relaxed, notes };
}

/** One name for the builds of one package: a project that asks for `tensorflow` must not get `tensorflow-cpu` beside it. */
export function distributionOf(requirement: Requirement): string {
  const name = requirement.name ?? requirement.text;
  const builds = /^(tensorflow|xgboost)-(?:cpu|gpu|intel|macos|rocm)$|^(opencv)-(?:contrib-)?python(?:-headless)?$/.exec(name);
  return builds?.[1] ?? builds?.[2] ?? name;
}

function floorOf(wish: Requirement, python: string): string | null {
  const releases = oldest[distributionOf(wish)];
  return releases === undefined ? null : (releases[python as Python] ?? null);
}

/** Whether a specifier ends below a release. */
function isBelow(specifier: string, floor: string): boolean {
  return specifier.split(',').some((clause) => {
    const [, operator = '', version = ''] = /^\s*(==|~=|<=|<)\s*(\d+(?:\.\d+)*)(?:\.\*)?\s*$/.exec(clause) ?? [];
    if (operator === '' || admitsVersion(clause, floor)) return false;
    return operator.startsWith('<') || admitsVersion(`<${floor}`, version);
  });
}
