/**
 * How images are made on this machine: companies sit behind proxies and mirrors. Credentials in index addresses never reach a
 * recipe, a layer or a log: they are passed to the build as a secret.
 */
export interface ImageSettings {
  /** `FROM` of every image; an official slim Python where null. Must be a tag. */
  readonly baseImage: string | null;
  /** Package index instead of PyPI. */
  readonly indexUrl: string | null;
  /** Package indexes besides it. */
  readonly extraIndexUrls: readonly string[];
  /** Index of CPU-only PyTorch wheels; PyTorch's own where null, the package index where ''. */
  readonly torchIndexUrl: string | null;
  /** Prefix put before the default base image: a registry mirror. */
  readonly registryMirror: string | null;
  /** Absolute path of a PEM file with the certificates to trust besides the usual ones. */
  readonly caBundle: string | null;
  /** Absolute path of a folder with wheels that are looked at before the index. */
  readonly wheels: string | null;
}

export const DEFAULT_IMAGE_SETTINGS: ImageSettings = {
  baseImage: null,
  indexUrl: null,
  extraIndexUrls: [],
  torchIndexUrl: null,
  registryMirror: null,
  caBundle: null,
  wheels: null,
};
