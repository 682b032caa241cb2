import type { ContextFile, ImageRecipe } from './ImageRecipe.ts';

export interface DockerfileRequest {
  readonly dockerfile: string;
  /** The text files that its COPY and ADD lines name, paths relative to the Dockerfile's folder. */
  readonly context: readonly ContextFile[];
  /** SHA-256 of a UTF-8 text, in hexadecimal. */
  readonly hash: (text: string) => string;
}

/** The recipe of an image built from the project's own Dockerfile; the runner is brought along. */
export function recipeForDockerfile(request: DockerfileRequest): ImageRecipe {
  const files = [{ path: 'Dockerfile', text: request.dockerfile }, ...request.context];
  return {
    repository: 'hone/project',
    tag: request.hash(JSON.stringify(files)).slice(0, 12),
    builds: true,
    runner: 'mounted',
    files,
    buildArguments: {},
    downloadBytes: 0,
    buildSeconds: 0,
    contents: [],
    notes: [],
  };
}
