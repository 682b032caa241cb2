import type { Strategy } from '../core/study/SearchPlan.ts';
import type { Study } from '../core/study/Study.ts';

/** Options that say how a search goes. */
export interface SearchOptions {
  readonly target?: string;
  readonly trials?: number;
  readonly minutes?: number;
  readonly jobs?: number;
  readonly strategy?: Strategy;
  readonly seed?: number;
  readonly baseline?: boolean;
}

const NAMES = ['target', 'trials', 'minutes', 'jobs', 'strategy', 'seed', 'baseline'] as const;

/** That a study has ended, and which of these options change nothing of it; null while it can go on. */
export function describeEnded({ id, endedAt, interrupted }: Study, options: SearchOptions): string | null {
  if (endedAt === null || interrupted) return null;
  const given = NAMES.filter((name) => options[name] !== undefined).map((name) => `--${name}`);
  const vain = given.length === 0 ? '' : `, so ${given.join(' and ')} change${given.length === 1 ? 's' : ''} nothing`;
  return `${id} has ended${vain}. \`hone tune\` without --study starts another.`;
}
