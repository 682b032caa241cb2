import type { PostBlock } from '../model/Pipeline.ts';
import type { Build } from './Build.ts';
import type { Evaluator } from './evaluate.ts';
import { Failure, worseOf, type Result } from './Failure.ts';
import type { Scope } from './Scope.ts';

/** Runs a part; its failure worsens the build, and nothing else. @returns whether it ended well */
export async function attempt(build: Build, part: () => Promise<unknown>): Promise<boolean> {
  try {
    await part();
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    build.say(`ERROR: ${error.message}\n`);
    build.worsen(error.result);
    return false;
  }
}

/** Runs the blocks of a post section in Jenkins' order; those that fail do not keep the others from running. An abort does not reach them. */
export async function runPost(evaluator: Evaluator, scope: Scope, post: readonly PostBlock[], result: Result): Promise<void> {
  const { build } = scope;
  const free = { ...scope, signal: new AbortController().signal };
  for (const condition of ORDER) {
    const block = post.find((one) => one.condition === condition);
    const now = worseOf(result, build.result);
    if (block !== undefined && !build.lost && applies(condition, now, build.previous?.result))
      await attempt(build, () => evaluator.run(free, block.steps));
  }
}

const ORDER = [
  'always',
  'changed',
  'fixed',
  'regression',
  'aborted',
  'failure',
  'success',
  'unstable',
  'unsuccessful',
  'notBuilt',
  'cleanup',
];

function applies(condition: string, result: Result, previous: Result | undefined): boolean {
  switch (condition) {
    case 'always':
    case 'cleanup':
      return true;
    case 'changed':
      return result !== previous;
    case 'fixed':
      return result === 'SUCCESS' && (previous === 'FAILURE' || previous === 'UNSTABLE');
    case 'regression':
      return result !== 'SUCCESS' && previous === 'SUCCESS';
    case 'unsuccessful':
      return result !== 'SUCCESS';
    default:
      return RESULT_OF[condition] === result;
  }
}

const RESULT_OF: Readonly<Record<string, Result>> = {
  aborted: 'ABORTED',
  failure: 'FAILURE',
  success: 'SUCCESS',
  unstable: 'UNSTABLE',
  notBuilt: 'NOT_BUILT',
};
