/** What scan is asked about each script, and what only where it trains. */
const QUESTIONS = ['trains', 'framework', 'family', 'task'];

/**
 * Holds what Hone said of one script against its label.
 * @returns what was asked and right, the counts of hyperparameters found, missed and too many, and the misses as sentences
 */
export function scoreScript(label, script, space) {
  const truth = label.label;
  const misses = [];
  const answers = {};
  for (const question of truth.trains ? QUESTIONS : ['trains']) {
    const accepted = [truth[question], ...[label.label_also_accept?.[question] ?? []].flat()];
    answers[question] = accepted.includes(script[question]);
    if (!answers[question]) misses.push(`${question} is ${truth[question]}, not ${script[question]}`);
  }
  const result = {
    id: label.id,
    answers,
    misses,
    found: 0,
    missed: 0,
    extra: 0,
    wrongValues: 0,
    offeredButFixed: 0,
    counted: false,
  };
  if (!truth.trains) return result;
  const offered = placesOf(space.hyperparameters ?? []);
  if (label.hp_complete) countHyperparameters(truth.hyperparameters, new Map(offered), result);
  for (const fixed of label.must_not_change ?? []) {
    const same = offered.get(keyOf(fixed));
    if (same === undefined || plain(same.value) !== plain(fixed.value)) continue;
    result.offeredButFixed++;
    misses.push(`offers ${fixed.name} at ${placeOf(fixed)}, which must not change`);
  }
  return result;
}

/** Means over scripts, so that a long script counts no more than a short one. */
export function summarize(results) {
  const rate = (question) => {
    const asked = results.filter(({ answers }) => question in answers);
    return asked.filter(({ answers }) => answers[question]).length / Math.max(1, asked.length);
  };
  const counted = results.filter((result) => result.counted);
  const mean = (shares) => shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  const total = (count) => results.reduce((sum, result) => sum + result[count], 0);
  return {
    ...Object.fromEntries(QUESTIONS.map((question) => [question, rate(question)])),
    recall: mean(counted.filter(({ found, missed }) => found + missed > 0).map(({ found, missed }) => found / (found + missed))),
    precision: mean(
      counted
        .filter(({ found, missed, extra }) => found + missed + extra > 0)
        .map(({ found, extra }) => (found + extra === 0 ? 0 : found / (found + extra))),
    ),
    found: total('found'),
    missed: total('missed'),
    extra: total('extra'),
    wrongValues: total('wrongValues'),
    offeredButFixed: total('offeredButFixed'),
  };
}

/** Each is looked for once, by name and place; what is optional counts neither way. */
function countHyperparameters(labelled, left, result) {
  result.counted = true;
  const wanted = new Map(labelled.toReversed().map((one) => [keyOf(one), one]));
  for (const one of [...wanted.values()].toReversed()) {
    const key = [one.name, ...(one.also ?? [])].map((name) => keyOf({ ...one, name })).find((candidate) => left.has(candidate));
    if (key !== undefined) {
      const { value } = left.get(key);
      left.delete(key);
      if (plain(value) !== plain(one.value)) {
        result.wrongValues++;
        result.misses.push(`${one.name} at ${placeOf(one)} is ${JSON.stringify(one.value)}, not ${JSON.stringify(value)}`);
      }
    }
    if (one.optional) continue;
    if (key === undefined) {
      result.missed++;
      result.misses.push(`misses ${one.name} at ${placeOf(one)}`);
    } else result.found++;
  }
  result.extra = left.size;
  for (const { name, ...place } of left.values()) result.misses.push(`offers ${name} at ${placeOf(place)}, which nobody wants`);
}

function placesOf(hyperparameters) {
  return new Map(
    hyperparameters.flatMap((one) =>
      (one.edits.length === 0 ? [one] : one.edits).map(({ line, cell }) => [
        keyOf({ name: one.name, line, cell }),
        { name: one.name, value: one.value, line, cell },
      ]),
    ),
  );
}

function keyOf({ name, line, cell }) {
  return `${name}:${cell ?? ''}:${line}`;
}

function placeOf({ line, cell }) {
  return cell == null ? `line ${line}` : `cell ${cell}, line ${line}`;
}

/** Equal for what is equal to a reader: `'Adam'` and `adam`, 1 and 1.0. */
function plain(value) {
  if (Array.isArray(value)) return `[${value.map(plain).join()}]`;
  if (typeof value === 'boolean') return String(Number(value));
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (value !== null && Number.isFinite(number)) return String(Number(number.toFixed(9)));
  return String(value)
    .replaceAll(/^['"]|['"]$/gu, '')
    .toLowerCase();
}
