/** Whether a container engine can be used, and if not, why, in words for a person. */
export interface EngineState {
  readonly available: boolean;
  /** One sentence: `Docker 28.2 answers at unix:///var/run/docker.sock.`, `Docker is installed but not running.` */
  readonly text: string;
  /** Whether it can give GPUs to containers. */
  readonly gpus?: boolean;
  /** The next step, where there is one to take. */
  readonly next: string | null;
}
