import * as v from 'valibot';
import type { StudyValue } from './compareValues.ts';

const EARLIER = v.object({
  version: v.literal(1),
  study: v.pipe(v.string(), v.maxLength(100)),
  metric: v.nullable(
    v.object({
      name: v.string(),
      data: v.picklist(['train', 'validation', 'test', 'unknown']),
      direction: v.picklist(['maximize', 'minimize']),
    }),
  ),
  judged: v.nullable(
    v.object({ value: v.pipe(v.number(), v.finite()), error: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))) }),
  ),
});

/**
 * What an earlier study came to, of the text that `train`, `tune` or `show` printed with `--json`; `none` where that study has no value, null
 * where the text is no such document. Never throws.
 */
export function parseEarlierResult(text: string): StudyValue | 'none' | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const { success, output } = v.safeParse(EARLIER, document);
  if (!success) return null;
  const { study, metric, judged } = output;
  return metric === null || judged === null ? 'none' : { study, metric, ...judged };
}
