import * as v from 'valibot';
import { isStudyId } from './nextStudyId.ts';
import type { StudyPlan } from './StudyPlan.ts';

const TEXT = v.string();
/** A way below a folder: it leads nowhere else on any system. */
const PATH = v.pipe(
  TEXT,
  v.check((path) => !/^\/|[\\:\0]/u.test(path) && path.split('/').every((part) => part !== '..' && part !== '.')),
);
const FILE = v.pipe(
  PATH,
  v.minLength(1),
  v.check((path) => !path.split('/').includes('')),
);
const TEXTS = v.array(TEXT);
const WHOLE = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const PLAN = v.looseObject({
  version: v.literal(1),
  study: v.pipe(TEXT, v.check(isStudyId)),
  kind: v.picklist(['run', 'study']),
  name: v.nullable(TEXT),
  root: PATH,
  script: FILE,
  target: v.nullable(v.number()),
  runtime: v.picklist(['docker', 'local']),
  image: v.nullable(v.looseObject({})),
  interpreter: v.nullable(TEXT),
  command: v.looseObject({
    script: FILE,
    module: v.boolean(),
    arguments: TEXTS,
    directory: PATH,
    environment: v.record(TEXT, TEXT),
  }),
  assignment: v.record(TEXT, v.unknown()),
  preload: TEXTS,
  watch: v.array(v.object({ path: FILE, lines: v.array(WHOLE) })),
  search: v.nullable(
    v.looseObject({ strategy: TEXT, dimensions: v.array(v.looseObject({ id: TEXT, name: TEXT })), jobs: WHOLE }),
  ),
  snapshot: v.array(v.object({ path: FILE, sha256: v.pipe(TEXT, v.regex(/^[0-9a-f]{64}$/u)), bytes: WHOLE })),
  links: v.array(v.object({ path: FILE, directory: v.boolean() })),
  data: TEXTS,
  limits: v.looseObject({ artifactBytes: v.number() }),
  notes: TEXTS,
  network: v.boolean(),
  seed: v.number(),
  createdAt: WHOLE,
});

/** The plan that a text from elsewhere holds; null where it is none, or names a place outside its folder. Never throws. */
export function parsePlan(text: string): StudyPlan | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return v.is(PLAN, value) ? (value as unknown as StudyPlan) : null;
}

/** A plan from elsewhere with nothing in it of another machine: it is there to be looked at, and reaches nothing here should it be run. */
export function disarmPlan(plan: StudyPlan): StudyPlan {
  const command = { ...plan.command, environmentFile: null, launch: null };
  return { ...plan, command, interpreter: null, links: [], data: [], upwards: [], network: false, notify: null };
}
