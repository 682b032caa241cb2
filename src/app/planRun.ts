import { join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import { canonicalMetric } from '../core/scan/canonicalMetric.ts';
import type { Script } from '../core/scan/Script.ts';
import { resolveAssignment } from '../core/study/resolveAssignment.ts';
import type { Assignment } from '../core/space/Assignment.ts';
import { parseBytes, type ScriptConfiguration } from '../core/study/Configuration.ts';
import { isBounded, parseTarget } from '../core/study/parseTarget.ts';
import type { Command, Limits, StudyPlan } from '../core/study/StudyPlan.ts';
import { blameEngine } from './blameEngine.ts';
import { chooseImage } from './chooseImage.ts';
import { chooseLocal } from './chooseLocal.ts';
import { chooseRuntime, type ChosenRuntime } from './chooseRuntime.ts';
import { findOwnPackages, withSearchPaths } from './findOwnPackages.ts';
import type { TrainRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { linkUpwards } from './linkUpwards.ts';
import { locateScript, relativePath } from './locateScript.ts';
import { planCommand } from './planCommand.ts';
import { planNotes } from './planNotes.ts';
import { planNotices } from './planNotices.ts';

/** A plan that lacks only what its creation adds: an id and a snapshot. */
export interface PlannedRun {
  readonly plan: Omit<StudyPlan, 'study' | 'snapshot' | 'links'>;
  /** Absolute path of the snapshot's root. */
  readonly root: string;
  readonly outputs: readonly string[];
  readonly configuration: ScriptConfiguration;
  /** Top-level names of the modules that the script imports. */
  readonly imports: readonly string[];
}

const ARTIFACT_BYTES = 500_000_000;

/**
 * Decides all about a run before anything is started: which script, where it runs, in which image, how.
 * @throws HoneError `usage`, `no-script`, `several-scripts`, `configuration`, `engine-absent`, `no-interpreter`, `framework-absent`
 */
export async function planRun(ports: HonePorts, request: TrainRequest, signal: AbortSignal): Promise<PlannedRun> {
  const { folder } = request;
  const located = await locateScript(ports, request, signal);
  const { root, configuration, script } = located;
  const runtime = await chooseRuntime(ports, request.runtime ?? 'auto', folder, configuration);
  const packages = await findOwnPackages(ports.project, folder, located);
  const image =
    runtime.interpreter === null
      ? await chooseImage(ports, folder, located, packages)
      : await chooseLocal(ports, request, located, packages, runtime.interpreter).catch(blameEngine(runtime.lacking));
  const data = await ports.project.resolveData(root, listOf(configuration.data));
  const started = await planCommand(ports, request, located);
  const place = { folder, root: relativePath(folder, root), runtime: runtime.kind, command: started.command, data };
  const notes = await planNotes(ports.project, { script, configuration, plan: place, hasGpus: runtime.hasGpus });
  return {
    root,
    // A file with a password is not copied either: nothing of a study holds one.
    outputs: [...listOf(configuration.outputs), ...(image?.passwordFiles ?? [])],
    configuration,
    imports: script.imports,
    plan: {
      version: 1,
      kind: 'run',
      name: request.name ?? null,
      ...place,
      script: script.path,
      framework: script.framework,
      family: script.family,
      task: script.task,
      metric: metricOf(script, configuration),
      metricChosen: configuration.metric !== undefined,
      target: targetOf(script, configuration),
      image,
      interpreter: runtime.interpreter,
      command: withSearchPaths(started.command, packages.searchPaths, runtime.kind),
      assignment: await assignmentOf(ports, request, started.command, root),
      preload: [],
      watch: [],
      search: null,
      upwards: await linkUpwards(ports.project, root, listOf(configuration.data)),
      limits: limitsOf(configuration),
      gpus: gpusOf(configuration, runtime),
      notes: [...runtime.notes, ...started.notes, ...(image?.notes ?? []), ...packages.notes, ...notes],
      notify: await planNotices(ports, configuration, 'run'),
      network: configuration.network ?? script.fetches !== null,
      seed: 0,
      createdAt: ports.now(),
    },
  };
}

/** What the person set, by the ids of the script's hyperparameters. */
async function assignmentOf({ spaces }: HonePorts, request: TrainRequest, command: Command, root: string): Promise<Assignment> {
  const given = request.assignment ?? {};
  if (Object.keys(given).length === 0) return {};
  return resolveAssignment(await spaces.read(join(root, command.script), root, command.arguments), given);
}

/** @throws HoneError `configuration` where there are none to give */
function gpusOf({ gpus = 'none' }: ScriptConfiguration, { kind, hasGpus }: ChosenRuntime): 'all' | number | null {
  if (gpus === 'none' || kind === 'local') return null;
  if (hasGpus) return gpus;
  throw new HoneError('configuration', 'hone.yaml asks for GPUs, and Docker has none to give.', {
    next: 'Install the NVIDIA Container Toolkit where Docker runs, or remove `gpus`.',
  });
}

function metricOf(script: Script, configuration: ScriptConfiguration): Script['metric'] {
  const { metric, direction } = configuration;
  if (metric === undefined && direction === undefined) return script.metric;
  const found = script.metric ?? { name: 'accuracy', data: 'unknown', source: 'hook', direction: 'maximize' };
  const name = metric ?? found.name;
  const known = canonicalMetric(name)?.direction ?? null;
  if (direction !== undefined && known !== null && known !== direction) {
    throw new HoneError(
      'configuration',
      `hone.yaml wants to ${direction} ${name}, which is better the ${known === 'minimize' ? 'smaller' : 'larger'} it is.`,
      {
        next: 'Take `direction` out.',
      },
    );
  }
  return { ...found, name, direction: direction ?? known ?? found.direction };
}

function targetOf(script: Script, configuration: ScriptConfiguration): number | null {
  if (configuration.target === undefined) return null;
  const name = configuration.metric ?? script.metric?.name ?? 'accuracy';
  const target = parseTarget(configuration.target, isBounded(name));
  if (target === null) {
    throw new HoneError('configuration', `The target ${configuration.target} in hone.yaml is out of range for ${name}.`, {
      next: 'Write it as 95, 95% or 0.95.',
    });
  }
  return target;
}

function limitsOf({ limits }: ScriptConfiguration): Limits {
  return {
    memoryBytes: parseBytes(limits?.memory),
    cpus: limits?.cpus ?? null,
    sharedBytes: parseBytes(limits?.shm),
    trialMinutes: limits?.trial_minutes ?? null,
    artifactBytes: parseBytes(limits?.artifacts) ?? ARTIFACT_BYTES,
  };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
