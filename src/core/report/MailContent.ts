import type { ChartLayout } from './ChartLayout.ts';
import type { FactView } from './StudyView.ts';

/** A value that differs from the user's own. */
export interface ChangedValue {
  readonly name: string;
  /** Empty where nobody knows it. */
  readonly before: string;
  readonly after: string;
}

/** What a mail says, before it is text or HTML. Texts may hold whatever a source says: who renders them quotes them. */
export interface MailContent {
  readonly title: string;
  readonly good: boolean;
  /** A few sentences. */
  readonly lead: readonly string[];
  readonly facts: readonly FactView[];
  readonly changes: readonly ChangedValue[];
  readonly notes: readonly string[];
  /** What can be done now. */
  readonly next: string | null;
  readonly chart: MailChart | null;
}

export interface MailChart {
  readonly layout: ChartLayout;
  /** What stands at its upper and at its lower edge. */
  readonly high: string;
  readonly low: string;
  /** What it shows, for those who do not see it, too. */
  readonly caption: string;
}
