import { join } from 'node:path';
import { groupBy } from '../base/groupBy.ts';
import { HoneError } from '../base/HoneError.ts';
import type { SearchSpace } from '../core/space/SearchSpace.ts';
import { applySpaceSettings } from '../core/study/applySpaceSettings.ts';
import type { ScriptConfiguration } from '../core/study/Configuration.ts';
import { dimensionsOf } from '../core/study/dimensionsOf.ts';
import { isBounded, parseTarget } from '../core/study/parseTarget.ts';
import { resolveAssignment } from '../core/study/resolveAssignment.ts';
import type { SearchPlan } from '../core/study/SearchPlan.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import type { TuneRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { planNotices } from './planNotices.ts';
import { planRun, type PlannedRun } from './planRun.ts';

/** The target of a metric that is at best 1, where nobody names one. */
const USUAL_TARGET = 0.95;
/** Libraries that are slow to import and safe to share: a trial is then a fork of a process that has them. */
const SHARED_LIBRARIES = [
  'numpy',
  'scipy',
  'pandas',
  'sklearn',
  'tensorflow',
  'keras',
  'torch',
  'torchvision',
  'xgboost',
  'lightgbm',
  'catboost',
  'matplotlib',
  'lightning',
  'pytorch_lightning',
];

/**
 * Decides all about a study before anything is started: as for a run, and what is searched, how, and for how long.
 * @throws HoneError as `planRun`; `usage` where a target is out of range or there is nothing to search
 */
export async function planStudy(ports: HonePorts, request: TuneRequest, signal: AbortSignal): Promise<PlannedRun> {
  const planned = await planRun(ports, request, signal);
  const { plan, root, configuration, imports } = planned;
  const space = await ports.spaces.read(join(root, plan.command.script), root, plan.command.arguments);
  const target = targetOf(plan, request.target);
  const search = searchOf(space, configuration, request);
  if (search.strategy === 'script') await requireTweak(ports, root, search.tweak ?? '');
  return {
    ...planned,
    plan: {
      ...plan,
      kind: 'study',
      notify: await planNotices(ports, configuration, 'study'),
      target: target.value,
      notes: [...plan.notes, ...target.notes],
      preload: SHARED_LIBRARIES.filter((name) => imports.includes(name)),
      watch: linesOf(space),
      search,
      seed: request.seed ?? 0,
    },
  };
}

async function requireTweak({ sources }: HonePorts, root: string, tweak: string): Promise<void> {
  if ((await sources.read(join(root, tweak))) !== null) return;
  throw new HoneError('configuration', `The tweak script ${tweak} does not exist.`, {
    next: `\`tweak\` in hone.yaml is a path within ${root}.`,
  });
}

function searchOf(found: SearchSpace, configuration: ScriptConfiguration, request: TuneRequest): SearchPlan {
  const space = applySpaceSettings(found, configuration.space ?? {});
  const { budget, candidates = [], tweak = null, confirm } = configuration;
  const strategy = request.strategy ?? configuration.strategy ?? (tweak === null ? 'tpe' : 'script');
  const dimensions = dimensionsOf(space).filter(({ group }) => request.groups?.includes(group) ?? true);
  if (strategy === 'candidates' && candidates.length === 0) {
    throw new HoneError('configuration', 'The strategy `candidates` has no candidates.', {
      next: 'List them in hone.yaml: `candidates: [{learning_rate: 0.01}, {learning_rate: 0.1}]`.',
    });
  }
  if (strategy === 'script' && tweak === null) {
    throw new HoneError('configuration', 'The strategy `script` has no script.', { next: 'Name it as `tweak` in hone.yaml.' });
  }
  if (strategy !== 'script' && dimensions.length === 0) {
    throw new HoneError('usage', `Nothing in ${space.script} can be tuned.`, {
      next: `\`hone space ${space.script}\` tells what was found, and why it stays as it is.`,
    });
  }
  return {
    strategy,
    dimensions,
    budget: {
      trials: request.trials ?? budget?.trials ?? null,
      minutes: request.minutes ?? budget?.minutes ?? null,
      patience: budget?.patience ?? null,
    },
    confirmationSeeds: confirm?.seeds ?? null,
    candidates: candidates.map((candidate) => resolveAssignment(space, candidate)),
    tweak,
    maxCost: { seconds: configuration.max_cost?.seconds ?? null, parameters: configuration.max_cost?.parameters ?? null },
    ...(request.baseline === true ? { pausesAfterBaseline: true } : {}),
    jobs: request.jobs ?? configuration.jobs ?? 1,
  };
}

function targetOf(
  { metric, target }: Pick<StudyPlan, 'metric' | 'target'>,
  given: TuneRequest['target'],
): { value: number | null; notes: readonly string[] } {
  const name = metric?.name ?? 'accuracy';
  if (given === null) return { value: null, notes: [] };
  if (given !== undefined) {
    const value = parseTarget(given, isBounded(name));
    if (value !== null) return { value, notes: [] };
    throw new HoneError('usage', `${given} is no target for ${name}.`, { next: 'Write it as 95, 95% or 0.95.' });
  }
  if (target !== null || !isBounded(name)) return { value: target, notes: [] };
  return {
    value: USUAL_TARGET,
    notes: [`The target is ${name === 'r2' ? USUAL_TARGET : `${USUAL_TARGET * 100} %`}, since none was named.`],
  };
}

/** Lines of code that hold hyperparameters, by file and cell. */
function linesOf({ hyperparameters, structure }: SearchSpace): StudyPlan['watch'] {
  const places = [...hyperparameters.flatMap(({ edits }) => edits), ...structure];
  const grouped = groupBy(
    places.filter(({ path }) => /\.(py|ipynb)$/.test(path)),
    ({ path, cell }) => JSON.stringify([path, cell]),
  );
  return [...grouped.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const lines = [...new Set(group.map(({ line }) => line))].sort((a, b) => a - b);
    return [{ path: first.path, ...(first.cell === undefined ? {} : { cell: first.cell }), lines }];
  });
}
