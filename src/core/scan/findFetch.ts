import { argumentOf, optionsOf, type Call, type Value } from '../python/flow/Value.ts';
import { canonicalPath } from './canonicalPath.ts';

/** Functions that fetch a data set or weights whenever they are called. */
const FETCHES = new RegExp(
  [
    String.raw`keras\.datasets\.\w+\.load_data`,
    String.raw`keras\.utils\.(?:data_utils\.)?get_file`,
    String.raw`sklearn\.datasets\.fetch_\w+`,
    String.raw`tensorflow\.examples\.tutorials\.mnist\.input_data\.read_data_sets`,
    String.raw`tensorflow_datasets\.(?:load|builder)`,
    String.raw`(?:tensorflow_hub\.KerasLayer|tensorflow_hub\.load|torch\.hub\.load\w*|timm\.create_model)`,
    String.raw`datasets\.load_dataset`,
    String.raw`transformers\.\w+\.from_pretrained`,
    String.raw`(?:urllib\.request|urllib|urllib2)\.(?:urlretrieve|urlopen)`,
    String.raw`requests\.(?:get|post|request)`,
    String.raw`(?:wget|gdown)\.download\w*`,
    String.raw`kagglehub\.\w+`,
    String.raw`(?:seaborn\.load_dataset|nltk\.download)`,
  ]
    .map((path) => `^${path}$`)
    .join('|'),
  'u',
);
const READERS = /^(?:pandas\.read_\w+|numpy\.(?:loadtxt|genfromtxt)|polars\.read_\w+)$/u;
const SHELLS = /^(?:os\.(?:system|popen)|subprocess\.(?:run|call|check_call|check_output|Popen))$/u;
const ADDRESS = /^(?:https?|ftp|s3|gs):\/\//iu;
const FETCHING_COMMAND = /^(?:wget|curl|kaggle|git clone)\b/u;

/** The first call that needs the network when the script runs: a data set, pretrained weights, an address; null where none does. */
export function findFetch(calls: readonly Call[]): Call | null {
  return calls.find((call) => call.live && fetches(call)) ?? null;
}

function fetches(call: Call): boolean {
  if (call.callee.kind !== 'external') return false;
  const path = canonicalPath(call.callee.path);
  if (FETCHES.test(path)) return true;
  if (/^torchvision\.datasets\.\w+$/u.test(path)) return literalsOf(call, 'download').includes(true);
  if (/^torchvision\.models\.(?:\w+\.)*[a-z]\w*$/u.test(path)) return isGiven(call, 'pretrained') || isGiven(call, 'weights');
  if (/^keras\.applications\.(?:\w+\.)?[A-Z]\w*$/u.test(path)) return loadsImageNet(call);
  const [first] = [literalsOf(call, '', 0)].flat();
  if (READERS.test(path)) return typeof first === 'string' && ADDRESS.test(first);
  return SHELLS.test(path) && typeof first === 'string' && FETCHING_COMMAND.test(first);
}

/** Keras loads ImageNet's weights unless it is told otherwise. */
function loadsImageNet(call: Call): boolean {
  const given = argumentOf(call, 'weights');
  return given === null || literalsOf(call, 'weights').includes('imagenet');
}

function isGiven(call: Call, keyword: string): boolean {
  const argument = argumentOf(call, keyword);
  return argument !== null && !literalsOf(call, keyword).some((value) => value === null || value === false);
}

function literalsOf(call: Call, keyword: string, position: number | null = null): readonly unknown[] {
  const argument = argumentOf(call, keyword, position);
  return argument === null ? [] : optionsOf(argument.value).flatMap(literals);
}

/** A literal, or the first word of a list of them: `['wget', address]`. */
function literals(value: Value): readonly unknown[] {
  if (value.kind === 'literal') return [value.value];
  return value.kind === 'sequence' && value.items[0] !== undefined ? literals(value.items[0]) : [];
}
