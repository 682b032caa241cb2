import { HoneError } from '../base/HoneError.ts';
import type { ScriptConfiguration } from '../core/study/Configuration.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import type { HonePorts } from './HonePorts.ts';

/**
 * Where a script runs: as asked for, else in a container where an engine answers, else in the user's interpreter.
 * @throws HoneError `engine-absent`, `no-interpreter`
 */
export async function chooseRuntime(
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
