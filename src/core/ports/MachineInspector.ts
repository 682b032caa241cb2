/** What a container engine says of itself. */
export interface EngineFacts {
  /** `Docker 28.2.2`, `Podman Engine 5.2`. */
  readonly name: string;
  /** Where it listens, and who named that place: `unix:///var/run/docker.sock (the usual place)`. */
  readonly place: string;
  readonly apiVersion: string;
  /** True where it runs as an ordinary user. */
  readonly rootless: boolean;
  /** Whether it builds with BuildKit, as images of Hone's need. */
  readonly builds: boolean;
  /** Whether it can give containers GPUs. */
  readonly gpus: boolean;
  readonly cpus: number;
  readonly memoryBytes: number;
}

/** Where an image can be had from: the engine has it, its registry gives it, or neither, with the reason. */
export interface ImageSource {
  readonly from: 'engine' | 'registry' | null;
  /** Why it is to be had from neither; empty where it is. */
  readonly reason: string;
}

/** What a package index answered: a status as HTTP has them, or why there was no answer. */
export type IndexAnswer = { readonly status: number } | { readonly failure: string };

export interface InterpreterFacts {
  /** `3.11.7` */
  readonly version: string;
  /** Versions of the frameworks that it can import, by their packages' names; '' where nobody wrote the version down. */
  readonly frameworks: Readonly<Record<string, string>>;
}

export interface FolderFacts {
  readonly writable: boolean;
  /** Free space on its disk. */
  readonly freeBytes: number;
}

/** Looks at this machine for `doctor`. Each answer comes within four seconds; nothing is changed, and no login is told. */
export interface MachineInspector {
  /** Throws HoneError `engine-absent` or `configuration` where none answers. */
  engine(): Promise<EngineFacts>;
  /** Never throws. */
  image(reference: string): Promise<ImageSource>;
  /** Asks with the login in the address, or in the user's netrc file. Never throws. */
  index(address: string, caBundle: string | null): Promise<IndexAnswer>;
  /** Null where the interpreter does not run. */
  interpreter(path: string): Promise<InterpreterFacts | null>;
  folder(path: string): Promise<FolderFacts>;
}
