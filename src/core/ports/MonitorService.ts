/** What was written or removed, and what is left to do by hand, a sentence or a command each. */
export interface ServiceChange {
  /** Absolute. */
  readonly path: string;
  readonly steps: readonly string[];
}

/** The service of this user that runs `hone monitor --all`: it is only written here, and switched on by the user. */
export interface MonitorService {
  install(): Promise<ServiceChange>;
  /** Quiet where there is none. */
  uninstall(): Promise<ServiceChange>;
}
