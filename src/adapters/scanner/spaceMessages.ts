import type { SearchSpace } from '../../core/space/SearchSpace.ts';

/** Asks a worker for the search space of one file; both paths are absolute. */
export interface SpaceRequest {
  readonly type: 'space';
  readonly id: number;
  readonly path: string;
  readonly folder: string;
}

/** What a worker answers; `problem` says why the file was not read. */
export type SpaceAnswer =
  | { readonly type: 'space'; readonly id: number; readonly space: SearchSpace }
  | { readonly type: 'space-problem'; readonly id: number; readonly problem: string };
