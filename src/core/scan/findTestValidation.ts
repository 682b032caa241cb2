import { positionAt } from '../python/Source.ts';
import { rangeOf } from '../python/SourceRange.ts';
import { argumentOf, type Call, type CallArgument, type Value } from '../python/flow/Value.ts';
import { dataOf } from './dataOf.ts';
import type { Finding } from './Finding.ts';
import type { Training } from './findTrainings.ts';
import { sameValue } from './sameValue.ts';

const MEASURES = /^(?:evaluate|evaluate_generator|score|predict|predict_generator|predict_classes|predict_proba)$/u;

/** Test rows that are given to a fit as its validation data, and that the script's own number is then measured on; null where they are not surely both. */
export function findTestValidation(calls: readonly Call[], trainings: readonly Training[]): Finding | null {
  for (const { call } of trainings) {
    const given = argumentOf(call, 'validation_data');
    if (given === null || dataOf(given) !== 'test') continue;
    const rows = rowsOf(given.value);
    const measured = calls.find((other) => other.order > call.order && MEASURES.test(other.name) && measures(other, rows));
    if (measured !== undefined) return describe(given, measured);
  }
  return null;
}

function describe(given: CallArgument, measured: Call): Finding {
  const { line } = positionAt(measured.node.source, measured.node.start);
  const cell = measured.node.source.cell === null ? '' : ` of cell ${measured.node.source.cell + 1}`;
  return {
    code: 'test-as-validation',
    severity: 'information',
    message: `These test rows are the validation data here, and the test data on line ${line}${cell}.`,
    explanation:
      'What is chosen by its number on these rows, an epoch or a hyperparameter, was chosen for them: measured on them again it looks ' +
      'better than it is on new rows. Take the validation data from the training rows, with validation_split or a second split, and ' +
      'leave the test rows to the end.',
    place: rangeOf(given.expression),
    evidence: [{ place: rangeOf(measured.node), message: 'The same rows, as test data.' }],
  };
}

/** The arrays that validation data consists of: the first of a pair, or all of it. */
function rowsOf(value: Value): Value {
  return value.kind === 'sequence' ? (value.items[0] ?? value) : value;
}

function measures(call: Call, rows: Value): boolean {
  const [first] = call.args;
  return call.callee.kind === 'member' && first !== undefined && sameValue(first.value, rows);
}
