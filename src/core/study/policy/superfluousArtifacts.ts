import type { Study } from '../Study.ts';
import { eligibleTrials, scoreOf } from './chooseBest.ts';
import { isBetter } from './objectiveOf.ts';

/** So many of the best trials keep the files that they wrote. */
const KEPT = 3;

/**
 * The ended trials of which the files may go: all but the baseline, the best few, what would be applied now, and what was to be confirmed. Where the disk
 * has no room for what two trials write, only the last two kinds stay: files of trials that are done must not keep others from running.
 * @param freeBytes of the disk; null where that is unknown
 */
export function superfluousArtifacts(study: Study, freeBytes: number | null): readonly number[] {
  const { best, attempts, objective } = study;
  const direction = objective?.direction ?? 'maximize';
  const worth = new Map(eligibleTrials(study).map((trial) => [trial.number, scoreOf(study, trial) ?? NaN]));
  const ranked = [...worth].sort(([, one], [, other]) => (one === other ? 0 : isBetter(direction, one, other) ? -1 : 1));
  const most = Math.max(...study.trials.map(({ artifacts }) => artifacts.reduce((sum, { bytes }) => sum + bytes, 0)));
  const roomy = freeBytes === null || freeBytes >= 2 * most ? [0, ...ranked.slice(0, KEPT).map(([number]) => number)] : [];
  const kept = new Set([best, ...attempts.map(({ trial }) => trial), ...roomy]);
  return study.trials
    .filter(({ state, artifacts, number }) => state !== 'running' && artifacts.length > 0 && !kept.has(number))
    .map(({ number }) => number);
}
