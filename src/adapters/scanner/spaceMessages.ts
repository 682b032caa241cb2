import type { Inspection } from '../../core/space/inspectModule.ts';
import type { SearchSpace } from '../../core/space/SearchSpace.ts';
import type { Assignment } from '../../core/space/Assignment.ts';

/** Asks a worker for the search space of one file, or for the texts that an assignment makes; both paths are absolute. */
export interface SpaceRequest {
  readonly type: 'space';
  readonly id: number;
  readonly path: string;
  readonly folder: string;
  /** Null where only the space is wanted. */
  readonly assignment: Assignment | null;
  /** Stands for the seeds that the script names; null leaves them. */
  readonly seed: number | null;
  /** The arguments that the script is started with. */
  readonly words: readonly string[];
}

/** Asks a worker for what an editor shows of a file; both paths are absolute. */
export interface InspectRequest {
  readonly type: 'inspect';
  readonly id: number;
  readonly path: string;
  readonly folder: string;
  /** Read instead of the file where it is not null. */
  readonly text: string | null;
  /** The arguments that the script is started with. */
  readonly words: readonly string[];
}

/** Texts of whole files, by path relative to the folder. */
export type EditedFiles = Readonly<Record<string, string>>;

/** What a worker answers; `problem` says why the file was not read. */
export type SpaceAnswer =
  | { readonly type: 'space'; readonly id: number; readonly space: SearchSpace; readonly files: EditedFiles }
  | { readonly type: 'inspection'; readonly id: number; readonly inspection: Inspection }
  | { readonly type: 'space-problem'; readonly id: number; readonly problem: string };
