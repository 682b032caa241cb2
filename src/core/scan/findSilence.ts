import { rangeOf } from '../python/SourceRange.ts';
import type { Call } from '../python/flow/Value.ts';
import { canonicalPath, rootOf } from './canonicalPath.ts';
import type { Finding } from './Finding.ts';
import type { Training } from './findTrainings.ts';

/** Names of calls that may show or keep a number, however it was computed. */
const REPORTS =
  /print|log|write|info|warn|debug|display|report|eval|score|metric|acc|summary|scalar|track|record|callback|emit|echo|text|title|csv|json|savetxt|send|post|put|push|notify|assert|append|update|insert|execute|raise|exit/iu;
/** Libraries whose calls report nothing by themselves. */
const QUIET = new Set([
  'sklearn',
  'numpy',
  'pandas',
  'torch',
  'torchvision',
  'pickle',
  'joblib',
  'os',
  'builtins',
  'matplotlib',
  'random',
  'math',
  'copy',
  'time',
]);
/** They say themselves how it goes. */
const TALKATIVE = new Set(['keras', 'catboost', 'lightgbm', 'xgboost']);

/** A script that trains and then says nothing of how good the model is; null where some call might. */
export function findSilence(calls: readonly Call[], trainings: readonly Training[]): Finding | null {
  const [first] = trainings;
  if (first === undefined || first.call.node.source.cell !== null) return null;
  if (trainings.some(({ framework }) => TALKATIVE.has(framework) || framework === 'none')) return null;
  if (calls.some((call) => mayReport(call, first.call))) return null;
  return {
    code: 'no-metric',
    severity: 'information',
    message: 'Nothing says how good the model that is trained here is.',
    explanation:
      'Hone compares runs by a number that the script computes, prints or writes to a file, and there is none. Measure the model on rows ' +
      'that it was not fitted on, as with score() or accuracy_score(), and print the result.',
    place: rangeOf(first.call.node),
    evidence: [],
  };
}

function mayReport(call: Call, first: Call): boolean {
  if (call.args.some(({ keyword }) => keyword === 'verbose' || keyword === 'callbacks')) return true;
  if (call.order < first.order && !call.looped) return false;
  if (call.callee.kind === 'external') {
    const path = canonicalPath(call.callee.path);
    if (!QUIET.has(rootOf(path))) return true;
    return REPORTS.test(call.name) && call.args.some(({ value }) => value.kind !== 'literal');
  }
  return call.callee.kind !== 'member' || REPORTS.test(call.name);
}
