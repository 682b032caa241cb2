import * as v from 'valibot';
import { parseJsonc } from './parseJsonc.ts';
import { splitArguments } from './splitArguments.ts';

/** How launch.json starts a Python program, with its variables put in. */
export interface LaunchConfiguration {
  readonly name: string;
  /** What it starts, as it is written there: a path or the name of a module. */
  readonly program: string | null;
  readonly module: string | null;
  /** Whether it starts whatever file is open: `${file}`. */
  readonly isGeneral: boolean;
  readonly arguments: readonly string[];
  readonly cwd: string | null;
  /** May be secret. */
  readonly env: Readonly<Record<string, string>>;
  readonly envFile: string | null;
  /** Why it cannot be used, in words that follow "because"; null where it can. */
  readonly problem: string | null;
}

/** Values of `${…}`, by what stands in the braces; undefined where nobody but the editor knows. */
export type LaunchVariables = (name: string) => string | undefined;

const entry = v.object({
  name: v.string(),
  type: v.picklist(['debugpy', 'python']),
  request: v.literal('launch'),
  program: v.optional(v.string()),
  module: v.optional(v.string()),
  args: v.optional(v.union([v.string(), v.array(v.union([v.string(), v.pipe(v.number(), v.transform(String))]))])),
  cwd: v.nullish(v.string()),
  env: v.nullish(v.record(v.string(), v.union([v.string(), v.pipe(v.union([v.number(), v.boolean()]), v.transform(String))]))),
  envFile: v.nullish(v.string()),
});
const file = v.object({ configurations: v.array(v.unknown()) });
/** Names of variables whose values are no one's to see, so that they may not stand among the arguments that are kept. */
const SECRET = /^env:.*(?:KEY|TOKEN|SECRET|PASS|CREDENTIAL)/iu;

/** The configurations of launch.json that start a Python program, in order; null where the text is no launch.json. Never throws. */
export function parseLaunch(text: string, variables: LaunchVariables): readonly LaunchConfiguration[] | null {
  const parsed = v.safeParse(file, parseJsonc(text));
  if (!parsed.success) return null;
  return parsed.output.configurations.flatMap((item) => {
    const found = v.safeParse(entry, item);
    return found.success ? [expandEntry(found.output, variables)] : [];
  });
}

function expandEntry(found: v.InferOutput<typeof entry>, variables: LaunchVariables): LaunchConfiguration {
  const problems: string[] = [];
  const expand = (text: string): string => expandText(text, variables, problems);
  const expandArgument = (text: string): string => {
    const secret = [...text.matchAll(/\$\{([^}]*)\}/gu)].find(([, name = '']) => SECRET.test(name));
    if (secret !== undefined)
      problems.push(`${secret[0]} may be a secret, and arguments are kept with the run (put it into \`env\`)`);
    return expand(text);
  };
  const words = typeof found.args === 'string' ? splitArguments(found.args) : (found.args ?? []);
  if (words === null) problems.push('a quote in its `args` is not closed');
  return {
    name: found.name,
    program: found.program === undefined ? null : expand(found.program),
    module: found.module === undefined ? null : expand(found.module),
    isGeneral: found.program === '${file}',
    arguments: (words ?? []).map(expandArgument),
    cwd: found.cwd == null ? null : expand(found.cwd),
    env: Object.fromEntries(Object.entries(found.env ?? {}).map(([name, value]) => [name, expand(value)])),
    envFile: found.envFile == null ? null : expand(found.envFile),
    problem: problems[0] ?? null,
  };
}

function expandText(text: string, variables: LaunchVariables, problems: string[]): string {
  return text.replaceAll(/\$\{([^}]*)\}/gu, (whole, name: string) => {
    const value = variables(name);
    if (value === undefined) problems.push(`it uses ${whole}, which only the editor can fill in`);
    return value ?? whole;
  });
}
