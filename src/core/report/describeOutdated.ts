import type { Study, Trial } from '../study/Study.ts';
import { formatValue } from './formatMetric.ts';

/** That files have changed since a trial ran, so that its value is of other code: `train.py has changed since …`; null where none has. */
export function describeOutdated({ metric }: Study, { number, value }: Trial, paths: readonly string[]): string | null {
  if (paths.length === 0) return null;
  const [have, are, texts] = paths.length === 1 ? ['has', 'it was', 'text'] : ['have', 'they were', 'texts'];
  const changed = `${paths.join(', ')} ${have} changed since`;
  if (value === null) return `${changed} trial ${number} ran.`;
  return `${changed} ${are} measured: ${formatValue(metric?.name ?? '', value)} is of the ${texts} before.`;
}
