import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { antFiles } from './antFiles.ts';
import type { Build } from './Build.ts';
import { archiveOf, type Job } from './Controller.ts';
import { Failure, RESULTS, type Result } from './Failure.ts';
import type { Evaluator, RunStep, StepCall } from './evaluate.ts';
import type { Described, Scope } from './Scope.ts';
import { flag, namedText, textArgument } from './stepArguments.ts';

/** Steps that read, write, keep and bring files. */
export function fileSteps(evaluator: () => Evaluator): Readonly<Record<string, RunStep>> {
  return {
    dir: async (scope, call) =>
      evaluator().body({ ...scope, directory: resolve(scope.directory, textArgument(call, 'path')) }, call.body),
    deleteDir: async ({ directory }) => rmSync(directory, { recursive: true, force: true }),
    pwd: async ({ directory }) => directory,
    isUnix: async () => true,
    fileExists: async ({ directory }, call) => existsSync(resolve(directory, textArgument(call, 'file'))),
    readFile: async ({ directory }, call) => readFileSync(resolve(directory, textArgument(call, 'file')), 'utf8'),
    async writeFile({ directory }, call) {
      const path = resolve(directory, textArgument(call, 'file'));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, String(call.named['text']));
    },
    archiveArtifacts: async (scope, call) => archive(scope, call),
    copyArtifacts: async (scope, call) => copyArtifacts(scope, call),
    async stash({ build, directory }, call) {
      const name = textArgument(call, 'name');
      const place = join(build.controller.home, 'stashes', build.cookie, name);
      copy(directory, namedText(call, 'includes', '**'), place, false);
      build.stashes.set(name, place);
    },
    async unstash({ build, directory }, call) {
      const place = build.stashes.get(textArgument(call, 'name'));
      if (place === undefined) throw new Failure(`No such saved stash ‘${textArgument(call, 'name')}’`);
      copy(place, '**', directory, false);
    },
  };
}

function archive({ build, directory }: Scope, call: StepCall): void {
  const patterns = textArgument(call, 'artifacts');
  const copied = copy(directory, patterns, archiveOf(build.controller, build.job.name, build.number), false);
  if (copied === 0 && !flag(call, 'allowEmptyArchive'))
    throw new Failure(`No artifacts found that match the file pattern "${patterns}".`);
  build.say(`Archiving artifacts: ${copied}\n`);
}

function copyArtifacts({ build, directory }: Scope, call: StepCall): void {
  const name = textArgument(call, 'projectName');
  const job = build.controller.jobs.get(name);
  const found = job === undefined ? undefined : select(build, job, call.named['selector'] ?? {});
  const from = found === undefined ? '' : archiveOf(build.controller, name, found.number);
  const filter = namedText(call, 'filter', '**');
  const copied = copy(from, filter, resolve(directory, namedText(call, 'target', '.')), flag(call, 'flatten'));
  if (copied === 0 && !flag(call, 'optional')) throw new Failure(`Unable to find a build or artifacts of ${name}.`);
  build.say(`Copied ${copied} artifacts\n`);
}

/** The build that a selector means; undefined where there is none. */
function select(
  own: Build,
  { name, builds }: Job,
  { described = 'lastSuccessful', named = {} }: Partial<Described>,
): Build | undefined {
  const last = (results: readonly Result[]): Build | undefined =>
    builds.findLast(({ ended, result }) => ended && results.includes(result));
  if (described === 'lastCompleted') return last(RESULTS);
  if (described === 'lastSuccessful') return last(named['stable'] === true ? ['SUCCESS'] : ['SUCCESS', 'UNSTABLE']);
  if (described === 'specific') return builds.find(({ number }) => String(number) === String(named['buildNumber']));
  if (described !== 'upstream') throw new Failure(`There is no selector ${described}.`);
  for (let build = own.upstream; build !== null; build = build.upstream) if (build.job.name === name) return build;
  return named['fallbackToLastSuccessful'] === true ? last(['SUCCESS', 'UNSTABLE']) : undefined;
}

function copy(from: string, patterns: string, to: string, flatten: boolean): number {
  if (!existsSync(from)) return 0;
  const paths = antFiles(from, patterns);
  for (const path of paths) {
    const place = join(to, flatten ? basename(path) : path);
    mkdirSync(dirname(place), { recursive: true });
    cpSync(join(from, path), place);
  }
  return paths.length;
}
