import type { Loss, Study } from '../core/study/Study.ts';

/** The most that are told one by one. */
const TOLD = 3;

/** How a study's runs were interrupted and went on, a line each; of many only the last. */
export function describeLosses({ kind, losses }: Pick<Study, 'kind' | 'losses'>): readonly string[] {
  return [
    ...(losses.length > TOLD ? [`${losses.length} interruptions, the last ${TOLD}:`] : []),
    ...losses.slice(-TOLD).map((loss) => `${kind === 'run' ? '' : `Trial ${loss.trial}: `}${describeLoss(loss)}`),
  ];
}

function describeLoss({ reason, resumed }: Loss): string {
  if (resumed === null) return `Interrupted: ${reason}`;
  if (resumed.reason !== null) return `Began anew: ${reason} ${resumed.reason}`;
  return `${resumed.epoch === null ? 'Went on where it was saved' : `Went on after epoch ${resumed.epoch}`}: ${reason}`;
}
