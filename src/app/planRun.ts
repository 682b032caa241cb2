import { dirname, join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import { recipeFor } from '../core/images/recipeFor.ts';
import { recipeForDockerfile } from '../core/images/recipeForDockerfile.ts';
import { recipeForImage } from '../core/images/recipeForImage.ts';
import type { ImageRecipe } from '../core/images/ImageRecipe.ts';
import type { Script } from '../core/scan/Script.ts';
import { parseBytes, type ScriptConfiguration } from '../core/study/Configuration.ts';
import { isBounded, parseTarget } from '../core/study/parseTarget.ts';
import type { Limits, RuntimeKind, StudyPlan } from '../core/study/StudyPlan.ts';
import { chooseDirectory } from './chooseDirectory.ts';
import type { TrainRequest } from './Hone.ts';
import type { HonePorts } from './HonePorts.ts';
import { locateScript, relativePath } from './locateScript.ts';

/** A plan that lacks only what its creation adds: an id and a snapshot. */
export interface PlannedRun {
  readonly plan: Omit<StudyPlan, 'study' | 'snapshot' | 'links'>;
  /** Absolute path of the snapshot's root. */
  readonly root: string;
  readonly outputs: readonly string[];
}

const ARTIFACT_BYTES = 500_000_000;

/**
 * Decides all about a run before anything is started: which script, where it runs, in which image, how.
 * @throws HoneError `usage`, `no-script`, `several-scripts`, `configuration`, `engine-absent`, `no-interpreter`
 */
export async function planRun(ports: HonePorts, request: TrainRequest, signal: AbortSignal): Promise<PlannedRun> {
  const { folder } = request;
  const located = await locateScript(ports, request, signal);
  const { root, configuration, script, inRoot } = located;
  const runtime = await chooseRuntime(ports, request.runtime ?? 'auto', folder, configuration);
  const image = runtime.kind === 'docker' ? await imageOf(ports, script, root, folder, configuration) : null;
  return {
    root,
    outputs: listOf(configuration.outputs),
    plan: {
      version: 1,
      kind: 'run',
      name: request.name ?? null,
      folder,
      root: relativePath(folder, root),
      script: script.path,
      framework: script.framework,
      family: script.family,
      task: script.task,
      metric: metricOf(script, configuration),
      target: targetOf(script, configuration),
      runtime: runtime.kind,
      image,
      interpreter: runtime.interpreter,
      command: {
        script: inRoot,
        module: configuration.module ?? false,
        arguments: request.arguments ?? configuration.args ?? [],
        directory: await chooseDirectory(ports.project, located),
        environment: configuration.env ?? {},
      },
      assignment: request.assignment ?? {},
      limits: limitsOf(configuration),
      notes: [...(image?.notes ?? []), ...notesOnNetwork(script, configuration, runtime.kind)],
      network: configuration.network ?? script.fetches !== null,
      seed: 0,
      createdAt: ports.now(),
    },
  };
}

async function chooseRuntime(
  ports: HonePorts,
  wanted: RuntimeKind | 'auto',
  folder: string,
  configuration: ScriptConfiguration,
): Promise<{ kind: RuntimeKind; interpreter: string | null }> {
  const engine = wanted === 'local' ? null : await ports.checkEngine();
  if (engine?.available === true) return { kind: 'docker', interpreter: null };
  if (wanted === 'docker')
    throw new HoneError('engine-absent', engine?.text ?? 'No container engine answers.', {
      next: engine?.next ?? 'Start Docker.',
    });
  return { kind: 'local', interpreter: await ports.findInterpreter(folder, configuration.python ?? null) };
}

async function imageOf(
  ports: HonePorts,
  script: Script,
  root: string,
  folder: string,
  configuration: ScriptConfiguration,
): Promise<ImageRecipe> {
  const { project } = ports;
  const own = configuration.image;
  if (own !== undefined && (await project.kindOf(join(root, own))) === 'file') {
    return recipeForDockerfile({ ...(await project.readDockerfile(join(root, own))), hash: project.hash });
  }
  if (own !== undefined) return recipeForImage(own);
  const folders = [...new Set([dirname(join(folder, script.path)), root])];
  return recipeFor({
    framework: script.framework,
    imports: script.imports,
    needs: script.needs,
    localModules: await project.localModules(folders),
    projectFiles: await project.readDependencies(root, folders),
    settings: ports.imageSettings(),
    sources: await project.imageSources(),
    hash: project.hash,
  });
}

function notesOnNetwork({ fetches }: Script, { network }: ScriptConfiguration, runtime: RuntimeKind): readonly string[] {
  if (runtime !== 'docker' || fetches === null || network !== undefined) return [];
  return [
    `The container may reach the network, because line ${fetches.line} fetches something: ${fetches.text.trim()}. network: false in hone.yaml forbids it.`,
  ];
}

function metricOf(script: Script, configuration: ScriptConfiguration): Script['metric'] {
  const { metric, direction } = configuration;
  if (metric === undefined && direction === undefined) return script.metric;
  const found = script.metric ?? { name: 'accuracy', data: 'unknown', source: 'hook', direction: 'maximize' };
  return { ...found, name: metric ?? found.name, direction: direction ?? found.direction };
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
    trialMinutes: limits?.trial_minutes ?? null,
    artifactBytes: parseBytes(limits?.artifacts) ?? ARTIFACT_BYTES,
  };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
