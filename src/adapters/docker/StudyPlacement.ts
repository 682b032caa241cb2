import type { Container, MountSettings } from 'dockerode';
import type { RunnerPaths } from '../../core/ports/Runtime.ts';

/** A file or folder that a container sees and cannot change. */
export interface Input {
  /** Absolute path on this machine. */
  readonly from: string;
  /** Absolute path in the container, below /hone. */
  readonly to: string;
}

/** How a study's files get into its container and back. */
export interface StudyPlacement {
  readonly mounts: readonly MountSettings[];
  readonly paths: RunnerPaths;
  /** Brings `work/<trial>` up to date on this machine. */
  collect(container: Container, trial: number): Promise<void>;
  /** Removes what it made; safe to call twice. */
  dispose(): Promise<void>;
}
