import type { ContextFile } from './ImageRecipe.ts';

/** The images that Hone builds; one folder each in docker/images. */
export type ImageName = 'sklearn' | 'keras' | 'pytorch' | 'boosting';

/** What images are built from, as text: read from docker/ by an adapter, so that the core stays pure. */
export interface ImageSources {
  /** The Dockerfile that all images share. */
  readonly dockerfile: string;
  /** Each image's pinned requirements. */
  readonly requirements: Readonly<Record<ImageName, string>>;
  /** Each image's pinned requirements for code that uses what newer releases took out; for Python 3.8 to 3.11. */
  readonly older: Readonly<Record<ImageName, string>>;
  /** The package that gives old names back, paths relative to docker/compatibility. */
  readonly compatibility: readonly ContextFile[];
  /** The runner's package, paths relative to docker/runner: `hone_runner/__main__.py`, … */
  readonly runner: readonly ContextFile[];
}
