/** Names a study on this machine. */
export interface AwaitedStudy {
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly study: string;
}

/** Studies whose news is not all told yet, kept for the user: only what was started here is ever told of. */
export interface AwaitedStudies {
  add(study: AwaitedStudy): Promise<void>;
  remove(study: AwaitedStudy): Promise<void>;
  list(): Promise<readonly AwaitedStudy[]>;
}
