import type { StudyKind } from '../../core/study/StudyPlan.ts';
import type { StudyRef } from './WatchedStudies.ts';

interface Common {
  /** Unique in the tree and the same over refreshes. */
  readonly key: string;
  readonly parent: ResultNode | null;
}

interface OfTrial {
  readonly ref: StudyRef;
  readonly trial: number;
}

/** A node of the Results tree. It only names what it shows: values are looked up when it is drawn, so it is never stale. */
export type ResultNode = Common &
  (
    | { readonly kind: 'group'; readonly group: StudyKind }
    | { readonly kind: 'study'; readonly ref: StudyRef }
    | { readonly kind: 'step'; readonly ref: StudyRef }
    | ({ readonly kind: 'trial' | 'failure' | 'epochs' | 'log' | 'artifacts' } & OfTrial)
    | ({ readonly kind: 'measurement' | 'setting'; readonly index: number } & OfTrial)
    | ({ readonly kind: 'epoch'; readonly index: number } & OfTrial)
    | ({ readonly kind: 'artifact'; readonly path: string } & OfTrial)
    | { readonly kind: 'remote'; readonly folder: string }
    | { readonly kind: 'more'; readonly of: string; readonly left: number }
  );

export type ResultNodeOf<Kind extends ResultNode['kind']> = Extract<ResultNode, { readonly kind: Kind }>;
