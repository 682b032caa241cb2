const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/^(?:tensorflow|tf)\.(?:compat\.v[12]\.|_api\.v[12]\.|python\.|contrib\.)*keras\b(?:\.(?:api|src|_v2|_v1)\b)*/u, 'keras'],
  [/^(?:keras_core|tf_keras|keras\.(?:api|src)(?:\._v[12])?(?:\.keras)?)(?=\.|$)/u, 'keras'],
  [/^tensorflow\.compat\.v[12](?=\.|$)/u, 'tensorflow'],
  [/^(?:lightning\.pytorch|lightning)(?=\.|$)/u, 'pytorch_lightning'],
  [/^kerastuner(?=\.|$)/u, 'keras_tuner'],
  [/^(?:sklearnex|cuml)(?=\.|$)/u, 'sklearn'],
];

/** One name for what libraries export under several: `tensorflow.python.keras.layers.Dense` is `keras.layers.Dense`. */
export function canonicalPath(path: string): string {
  for (const [pattern, replacement] of REWRITES) if (pattern.test(path)) return path.replace(pattern, replacement);
  return path;
}

/** The library of a canonical path. */
export function rootOf(path: string): string {
  const dot = path.indexOf('.');
  return dot === -1 ? path : path.slice(0, dot);
}

/** The last part of a path. */
export function leafOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
