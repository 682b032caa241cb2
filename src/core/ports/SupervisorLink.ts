import type { FromSupervisor, ToSupervisor } from '../../protocol/supervisorMessages.ts';

/** A supervisor's end of its socket. While it is open, nobody else can own the study. */
export interface SupervisorServer {
  /** Tells everybody who is connected. */
  broadcast(message: FromSupervisor): void;
  /** Resolves once what was said has been handed over, or after a second. */
  close(): Promise<void>;
}

/** A face's connection to the supervisor of a study. */
export interface SupervisorConnection {
  /** Ends when the supervisor does. Stop reading to disconnect. */
  readonly messages: AsyncIterable<FromSupervisor>;
  send(message: ToSupervisor): void;
  close(): void;
}

export interface ServeOptions {
  /** What a new face is told first. */
  readonly greeting: () => readonly FromSupervisor[];
  readonly onMessage: (message: ToSupervisor) => void;
}

/** How faces find, start and talk to the one supervisor of a study. */
export interface SupervisorLink {
  /**
   * Starts a detached supervisor process, which does first what `order` says; resolves when it answers, or when another one does, which then knows
   * nothing of that. Throws HoneError `internal` with the end of its log where none does.
   */
  start(folder: string, study: string, signal: AbortSignal, order?: ToSupervisor): Promise<void>;
  /** The connection to a living supervisor, or null where there is none. */
  connect(folder: string, study: string): Promise<SupervisorConnection | null>;
  /** Becomes the study's supervisor. Throws HoneError `already-running` where another one lives. */
  serve(folder: string, study: string, options: ServeOptions): Promise<SupervisorServer>;
}
