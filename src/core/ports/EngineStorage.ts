/** An image that Hone built. */
export interface StoredImage {
  readonly id: string;
  /** `hone/keras:3f2a1b9c4d5e`; the id where the name went to a newer one. */
  readonly name: string;
  /** Its size on the disk; layers that images share count in each. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Whether a container, running or not, is made of it. */
  readonly used: boolean;
}

/** A volume that Hone made: what scripts of a folder downloaded, or what a study left when its supervisor died. */
export interface StoredVolume {
  readonly name: string;
  readonly kind: 'downloads' | 'study';
  /** Absolute path of the folder that it is for. */
  readonly folder: string;
  /** Null where the engine does not tell. */
  readonly bytes: number | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Whether a container has it mounted. */
  readonly used: boolean;
}

/** What Hone keeps on a container engine; never anything of the user's own. Throws HoneError: engine-absent, engine-lost. */
export interface EngineStorage {
  /** The newest first. */
  images(): Promise<readonly StoredImage[]>;
  volumes(): Promise<readonly StoredVolume[]>;
  /** Removes images by id and volumes by name. What is not Hone's, in use, or gone, is left alone; returns what was removed. */
  remove(images: readonly string[], volumes: readonly string[]): Promise<readonly string[]>;
}
