/** Names a study on this machine. */
export interface StudyName {
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly study: string;
}

/** Studies of which something is still to be done, kept for the user. */
export interface StudyList {
  add(study: StudyName): Promise<void>;
  remove(study: StudyName): Promise<void>;
  list(): Promise<readonly StudyName[]>;
}
