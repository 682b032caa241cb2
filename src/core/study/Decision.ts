import type { Assignment } from '../space/Assignment.ts';
import type { SuggestRequest } from './SuggestRequest.ts';
import type { StudyEndState, Purpose } from './JournalEvent.ts';

/** What a supervisor does next. */
export type Decision =
  | {
      readonly kind: 'trial';
      readonly trial: number;
      readonly repeat: number;
      readonly purpose: Purpose;
      readonly assignment: Assignment;
      readonly seed: number | null;
      /** It is stopped after so long; null for the plan's own limit alone. */
      readonly timeoutSeconds: number | null;
      /** It was interrupted, and goes on. */
      readonly resume?: true;
    }
  /** The policy itself knows the next assignment: it is journalled as `trial-suggested`, then asked again what is next. */
  | {
      readonly kind: 'propose';
      readonly trial: number;
      readonly purpose: Purpose;
      readonly assignment: Assignment;
      readonly origin: string;
    }
  /** The suggester is asked; values of dimensions that it is not asked about are in `base`. */
  | {
      readonly kind: 'suggest';
      readonly trial: number;
      readonly request: SuggestRequest;
      readonly base: Assignment;
      readonly origin: string;
    }
  /** The developer's tweak script is run on a copy with the best files so far. */
  | { readonly kind: 'tweak'; readonly trial: number; readonly from: number; readonly value: number | null }
  /** A pause that nobody asked for, journalled as the developer's own would be: the plan has it here, or nobody said how long the search may take. */
  | { readonly kind: 'pause'; readonly asksMinutes: number | null }
  /** Nothing to start until something that runs has ended, or until the developer resumes. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'end'; readonly state: StudyEndState; readonly reason: string | null };
