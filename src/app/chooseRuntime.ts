import { HoneError } from '../base/HoneError.ts';
import type { EngineState } from '../core/ports/EngineState.ts';
import type { ScriptConfiguration } from '../core/study/Configuration.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { blameEngine } from './blameEngine.ts';

export interface ChosenRuntime {
  readonly kind: RuntimeKind;
  /** Absolute path, in the local runtime. */
  readonly interpreter: string | null;
  /** What a person should know of the choice. */
  readonly notes: readonly string[];
  /** Whether GPUs are there to be used; false where nobody looked. */
  readonly hasGpus: boolean;
  /** The engine that was to be used and cannot be; null where it can, or was not asked for. */
  readonly lacking: EngineState | null;
}

/**
 * Where a script runs: as asked for, else in a container where an engine answers, else in the user's interpreter.
 * @throws HoneError `engine-absent`, `no-interpreter`
 */
export async function chooseRuntime(
  ports: HonePorts,
  wanted: RuntimeKind | 'auto',
  folder: string,
  configuration: ScriptConfiguration,
): Promise<ChosenRuntime> {
  const engine = wanted === 'local' ? null : await ports.checkEngine();
  if (engine?.available === true)
    return { kind: 'docker', interpreter: null, notes: [], hasGpus: engine.gpus === true, lacking: null };
  if (wanted === 'docker')
    throw new HoneError('engine-absent', engine?.text ?? 'No container engine answers.', {
      next: engine?.next ?? 'Start Docker.',
    });
  const notes = engine === null ? [] : [`${engine.text} So it runs in your own Python, without a container.`];
  const interpreter = await ports.findInterpreter(folder, configuration.python ?? null).catch(blameEngine(engine));
  return { kind: 'local', interpreter, notes, hasGpus: false, lacking: engine };
}
