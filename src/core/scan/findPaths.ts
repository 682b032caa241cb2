import { optionsOf, type Call, type Value } from '../python/flow/Value.ts';

/** A file or folder that a script names: `data/train.csv`, `/mnt/sets/faces`, `~/models`. */
export interface NamedPath {
  readonly text: string;
  readonly call: Call;
}

/** Calls whose texts are names of other things than files of the project. */
const NO_FILES =
  /^(?:print|input|add_argument|strftime|strptime|getenv|import_module|format|split|join|replace|startswith|endswith|compile|sub|match|search|findall)$/u;
const NAME = /^(?:~|\.{1,2}|[A-Za-z]:)?[/\\]?[^\s<>:"|?*%{}][^<>:"|?*%{}\n]*$/u;
const ENDING =
  /\.(?:csv|tsv|txt|json|jsonl|ya?ml|npy|npz|h5|hdf5|hdf|pkl|pickle|joblib|parquet|feather|arff|mat|xlsx?|db|sqlite3?|png|jpe?g|bmp|gif|wav|mp3|zip|gz|tar|data|dat|bin|pt|pth|keras|onnx|gml|libsvm|svm|xml)$/iu;
const MOST = 100;

/** The paths that live code names, each once, in order. Texts that are addresses, formats or words are none. */
export function findPaths(calls: readonly Call[]): NamedPath[] {
  const found = new Map<string, NamedPath>();
  for (const call of calls) {
    if (!call.live || found.size >= MOST) continue;
    for (const text of textsOf(call)) if (isPath(text) && !found.has(text)) found.set(text, { text, call });
  }
  return [...found.values()];
}

function textsOf(call: Call): readonly string[] {
  if (call.callee.kind === 'external' && /(?:^|\.)path\.join$/u.test(call.callee.path)) {
    const parts = call.args.map((argument) => textOf(argument.value));
    return parts.includes(null) ? [] : [parts.join('/').replace(/\/{2,}/gu, '/')];
  }
  if (NO_FILES.test(call.name)) return [];
  return call.args.flatMap((argument) => optionsOf(argument.value).flatMap((value) => textOf(value) ?? []));
}

function textOf(value: Value): string | null {
  return value.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
}

function isPath(text: string): boolean {
  if (text.length > 400 || text.includes('://') || !NAME.test(text)) return false;
  return ENDING.test(text) || /[/\\]/u.test(text.slice(0, -1));
}
