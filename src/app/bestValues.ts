import { join } from 'node:path';
import type { HyperparameterValue } from '../core/space/Assignment.ts';
import { readStudy } from './followStudy.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/** What a study found best for a value of the code, at one of the places where it stands. */
export interface BestValue {
  /** As in the search space. */
  readonly id: string;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** The line that it stood on when the study began; null in a notebook. */
  readonly text: string | null;
  /** What stood there. */
  readonly before: HyperparameterValue;
  readonly value: HyperparameterValue;
}

/**
 * The values that the best trial of a study changed; none where the user's own are best.
 * @throws HoneError `not-found`, `unreadable-source`
 */
export async function bestValues(ports: HonePorts, folder: string, id: string): Promise<readonly BestValue[]> {
  const { store, spaces } = ports;
  const [study, plan] = await Promise.all([readStudy(ports, folder, id), store.readPlan(folder, id)]);
  const best = study.trials.find(({ number }) => number === study.best);
  if (best === undefined || Object.keys(best.hyperparameters).length === 0) return [];
  const source = join(store.directory(folder, id), 'source');
  const { hyperparameters } = await spaces.read(join(source, plan.command.script), source, plan.command.arguments);
  const changed = hyperparameters.flatMap((hyperparameter) => {
    const value = best.hyperparameters[hyperparameter.id];
    return value === undefined
      ? []
      : hyperparameter.edits.map((edit) => ({ ...hyperparameter, ...edit, before: hyperparameter.value, value }));
  });
  const paths = [...new Set(changed.filter(({ cell }) => cell === undefined).map(({ path }) => path))];
  const lines = new Map(
    await Promise.all(paths.map(async (path) => [path, (await store.readSource(folder, id, path)).split(/\r?\n/u)] as const)),
  );
  return changed.map(({ id: name, path, line, before, value }) => ({
    id: name,
    path: plan.root === '' ? path : `${plan.root}/${path}`,
    text: lines.get(path)?.[line - 1] ?? null,
    before,
    value,
  }));
}
