import type { ImageRecipe } from './ImageRecipe.ts';

/** The release that is installed into images and interpreters; it runs on Python 3.8 and later. */
export const DEBUGPY = 'debugpy~=1.8.0';
/** Where it lies in such an image, apart from the packages of the user's code. */
export const DEBUGPY_PATH = '/opt/hone/debugpy';

const DOCKERFILE = `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
USER 0
RUN --mount=type=secret,id=pip --mount=type=secret,id=ca --mount=type=bind,source=wheels,target=/wheels \\
    python=$(command -v python3 || command -v python) \\
    && PIP_CONFIG_FILE=/run/secrets/pip "$python" -m pip install --no-deps --no-cache-dir --target ${DEBUGPY_PATH} ${DEBUGPY}
USER 1000:1000
`;

/**
 * The recipe of an image with a debugger beside what it holds already, made once for each.
 * @param hash SHA-256 of a UTF-8 text, in hexadecimal
 */
export function recipeForDebugger(
  base: { readonly image: string; readonly digest: string | null },
  hash: (text: string) => string,
): ImageRecipe {
  return {
    repository: 'hone/debug',
    tag: hash(JSON.stringify([base.digest ?? base.image, DOCKERFILE])).slice(0, 12),
    builds: true,
    runner: 'mounted',
    files: [{ path: 'Dockerfile', text: DOCKERFILE }],
    buildArguments: { BASE_IMAGE: base.image },
    downloadBytes: 4e6,
    buildSeconds: 20,
    contents: [DEBUGPY],
    notes: [],
  };
}
