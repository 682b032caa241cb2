import * as v from 'valibot';
import { isMailAddress, NOTICE_KINDS } from './NoticePlan.ts';

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));
const texts = v.array(v.union([v.string(), v.pipe(v.number(), v.transform(String))]));
const names = v.record(v.string(), v.union([v.string(), v.pipe(v.union([v.number(), v.boolean()]), v.transform(String))]));
const positive = v.pipe(v.number(), v.gtValue(0, 'must be more than 0'));
const count = v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(1, 'must be at least 1'));

const scalar = v.union([v.number(), v.string(), v.boolean(), v.null()]);
/** What is to be tried of a hyperparameter; `fixed` for nothing but the value that it has. */
const spaceSetting = v.union(
  [
    v.literal('fixed'),
    v.strictObject({ low: v.number(), high: v.number(), log: v.optional(v.boolean()) }),
    v.strictObject({ choices: v.pipe(v.array(v.union([scalar, v.array(scalar)])), v.minLength(1, 'must not be empty')) }),
  ],
  'must be fixed, {low, high} (and log, if wanted) or {choices: [...]}',
);

const address = v.pipe(v.string(), v.check(isMailAddress, 'must be a mail address such as ada@example.org'));
const noticeKind = v.picklist(NOTICE_KINDS, `must be one of ${NOTICE_KINDS.join(', ')}`);

/** How a script runs and what is wanted of it: everything that may stand in hone.yaml, and again below one of its `scripts`. */
const entries = {
  args: v.optional(texts),
  module: v.optional(v.boolean()),
  cwd: v.optional(v.string()),
  env: v.optional(names),
  env_file: v.optional(text),
  python: v.optional(text),
  image: v.optional(text),
  requirements: v.optional(v.union([text, v.array(text)])),
  data: v.optional(v.union([text, v.array(text)])),
  network: v.optional(v.boolean()),
  gpus: v.optional(v.union([v.picklist(['all', 'none']), count])),
  limits: v.optional(
    v.strictObject({
      memory: v.optional(
        v.union([positive, v.pipe(v.string(), v.regex(/^\d+(\.\d+)?\s*([kmgt]i?b?|b)?$/i, 'must be a size such as 4 GB'))]),
      ),
      cpus: v.optional(positive),
      shm: v.optional(
        v.union([positive, v.pipe(v.string(), v.regex(/^\d+(\.\d+)?\s*([kmgt]i?b?|b)?$/i, 'must be a size such as 2 GB'))]),
      ),
      trial_minutes: v.optional(positive),
      artifacts: v.optional(
        v.union([positive, v.pipe(v.string(), v.regex(/^\d+(\.\d+)?\s*([kmgt]i?b?|b)?$/i, 'must be a size such as 500 MB'))]),
      ),
    }),
  ),
  jobs: v.optional(count),
  outputs: v.optional(v.union([text, v.array(text)])),
  target: v.optional(v.union([v.number(), text])),
  metric: v.optional(text),
  direction: v.optional(v.picklist(['maximize', 'minimize'])),
  strategy: v.optional(v.picklist(['tpe', 'random', 'ladder', 'candidates', 'script'])),
  candidates: v.optional(v.array(v.record(v.string(), v.union([scalar, v.array(scalar)])))),
  tweak: v.optional(text),
  space: v.optional(v.record(v.string(), spaceSetting)),
  budget: v.optional(v.strictObject({ trials: v.optional(count), minutes: v.optional(positive), patience: v.optional(count) })),
  confirm: v.optional(v.strictObject({ seeds: v.optional(count) })),
  max_cost: v.optional(v.strictObject({ seconds: v.optional(positive), parameters: v.optional(positive) })),
  notify: v.optional(
    v.strictObject({ to: v.optional(v.union([address, v.array(address)])), on: v.optional(v.array(noticeKind)) }),
  ),
};

const overrides = v.strictObject(entries);

/** The schema of hone.yaml; unknown keys are errors. */
export const configurationSchema = v.strictObject({
  script: v.optional(text),
  ...entries,
  scripts: v.optional(v.record(v.string(), overrides)),
});

export type SpaceSetting = v.InferOutput<typeof spaceSetting>;
export type ScriptConfiguration = v.InferOutput<typeof overrides>;
export type Configuration = v.InferOutput<typeof configurationSchema>;

/** What holds for one script: the general part of hone.yaml with the overrides of that script's own. */
export function configurationFor(configuration: Configuration, script: string): ScriptConfiguration {
  const { script: _, scripts, ...general } = configuration;
  return { ...general, ...scripts?.[script] };
}

/** A size such as `4 GB`, `512m` or a number of bytes; null where it is absent. Powers of 1024 with an `i`, else as Docker counts. */
export function parseBytes(size: number | string | undefined): number | null {
  if (size === undefined) return null;
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)/i.exec(String(size));
  if (match === null) return null;
  return Math.round(Number(match[1]) * 1024 ** 'bkmgt'.indexOf((match[2] || 'b').toLowerCase()));
}
