import { isBounded } from '../../core/study/parseTarget.ts';
import type { DimensionGroup } from '../../core/study/SearchPlan.ts';

/** What a person answers before a study begins; remembered for the script. */
export interface TuningChoice {
  /** As typed: `95`, `0.95`; null for the best that the time allows. Absent where hone.yaml decides, or the usual holds. */
  readonly target?: string | null;
  /** Wall time; null leaves it to how long a training takes. */
  readonly minutes: number | null;
  /** What may change; null for everything. */
  readonly groups: readonly DimensionGroup[] | null;
}

export const USUAL_CHOICE: TuningChoice = { minutes: null, groups: null };

const NAMES: Readonly<Record<DimensionGroup, string>> = {
  training: 'training',
  optimizer: 'optimizer',
  regularization: 'regularization',
  architecture: 'architecture',
  scaling: 'feature scaling',
};

export const GROUPS = Object.keys(NAMES) as readonly DimensionGroup[];

export function nameOfGroup(group: DimensionGroup): string {
  return NAMES[group];
}

/** `accuracy 95 %`; `the best accuracy` where there is no target. */
export function describeTarget({ target }: TuningChoice, metric: string): string {
  if (target === undefined) {
    const usual: string = describeTarget({ ...USUAL_CHOICE, target: isBounded(metric) ? '95' : null }, metric);
    return `${usual}, unless hone.yaml names a target`;
  }
  if (target === null) return `the best ${metric}`;
  const number = Number(target);
  const percent = target.endsWith('%')
    ? target.replace('%', '').trim()
    : number > 1
      ? target
      : String(Number((number * 100).toFixed(4)));
  return Number.isFinite(Number(percent)) ? `${metric} ${percent} %` : `${metric} ${target}`;
}

export function describeTime({ minutes }: TuningChoice): string {
  if (minutes === null) return 'as the first training suggests';
  return minutes < 120 ? `${minutes} minutes` : `${Number((minutes / 60).toFixed(1))} hours`;
}

export function describeGroups({ groups }: TuningChoice): string {
  if (groups === null) return 'everything that can be tuned';
  return groups.length === 0 ? 'nothing' : groups.map(nameOfGroup).join(', ');
}
