/** One file of a build context; `path` is relative, with `/`. */
export interface ContextFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Everything that decides what an image holds. Two equal recipes give one image: `tag` is a hash of the rest.
 * Secrets are not in it; they are passed beside it when it is built.
 */
export interface ImageRecipe {
  /** Repository, `hone/keras`, or the user's own image. */
  readonly repository: string;
  /** Content hash, 12 hexadecimal digits, or the user's own tag. */
  readonly tag: string;
  /** False where the image is the user's own and is only pulled. */
  readonly builds: boolean;
  /** Where the runner is: in the image as its entry point, or brought along by mounting it. */
  readonly runner: 'inside' | 'mounted';
  readonly files: readonly ContextFile[];
  readonly buildArguments: Readonly<Record<string, string>>;
  /** What a first build downloads, bytes, and how long such builds take, seconds: estimates to show beforehand. */
  readonly downloadBytes: number;
  readonly buildSeconds: number;
  /** The packages that it installs, as a person would name them: `tensorflow-cpu 2.21`, … */
  readonly contents: readonly string[];
  /** What of the project's wishes was left out or changed, a sentence each. */
  readonly notes: readonly string[];
  /** Files of the project, relative to its root, in which indexes stand with a password: read anew whenever it is built. */
  readonly passwordFiles?: readonly string[];
}
