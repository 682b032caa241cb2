import type { PullState, Push, RemoteBranch } from '../study/Push.ts';
import type { PushOutcome } from '../study/PollState.ts';
import { formatName, formatValue } from './formatMetric.ts';

/** What is new on a branch, and what of it is trained, in a sentence or two. */
export function describePush({
  remote,
  branch,
  commit,
  push,
  touched,
  removed,
}: RemoteBranch & {
  readonly commit: string;
  readonly push: Push | null;
  readonly touched: readonly string[];
  readonly removed: readonly string[];
}): string {
  const at = `${remote}/${branch}`;
  if (push === null) return `${at} has nothing new since ${commit.slice(0, 7)}.`;
  const commits = push.commits === 1 ? 'a new commit' : `${push.commits} new commits`;
  const forced = push.forced ? ` Its history was rewritten: what was there before is gone from it.` : '';
  const what = [
    ...(touched.length === 0 ? [] : [`It touches ${listed(touched)}.`]),
    ...(removed.length === 0 ? [] : [`It removes ${listed(removed)}.`]),
  ];
  const scripts = what.length === 0 ? 'It touches no script that trains.' : what.join(' ');
  return `${at} has ${commits}: ${commit.slice(0, 7)} ${push.subject} (${push.author}).${forced} ${scripts}`;
}

function listed(scripts: readonly string[]): string {
  return `${scripts.slice(0, 3).join(', ')}${scripts.length > 3 ? ` and ${scripts.length - 3} more` : ''}`;
}

/** How the open branch stands to the remote one; null where there is nothing to say. */
export function describePull({ remote, branch, pull }: RemoteBranch & { readonly pull: PullState }): string | null {
  const at = `${remote}/${branch}`;
  const behind = `${pull.behind} commit${pull.behind === 1 ? '' : 's'}`;
  switch (pull.state) {
    case 'possible':
      return `The open branch is ${behind} behind ${at} and can be fast-forwarded.`;
    case 'blocked':
      return `The open branch is ${behind} behind ${at}; changes that are not committed are in the way: ${pull.files.slice(0, 3).join(', ')}.`;
    case 'diverged':
      return `The open branch and ${at} have diverged: ${pull.ahead} commits here, ${pull.behind} there. Merge or rebase by hand.`;
    case 'same':
    case 'ahead':
    case 'elsewhere':
      return null;
  }
}

/** What came of a push for a script, in a sentence or two: the accuracy of the code itself against the run before, then what tuning made of it. */
export function describeOutcome(outcome: PushOutcome): string {
  const { script, commit, study, metric, value, state, reason } = outcome;
  const what = `${script} at ${commit.slice(0, 7)}${study === null ? '' : ` (${study})`}`;
  if (value !== null && metric !== null) {
    return `${what} has ${formatValue(metric, value)} ${formatName(metric)}${comparison(outcome, metric)}.${tuning(outcome, metric)}`;
  }
  const end = state === 'cancelled' ? 'was cancelled' : state === 'broken' ? 'no longer trains' : 'failed';
  return `${what} ${end}: ${reason ?? 'no reason is known.'}`;
}

function comparison({ before, change, noise }: PushOutcome, metric: string): string {
  if (before === null) return '';
  const than = `${formatValue(metric, before.value)} in ${before.study}`;
  const chance = noise === null ? '; how far it changes by chance is not known' : '';
  if (change === 'worse') return `, worse than ${than}${noise === null ? '' : ' by more than chance'}${chance}`;
  return change === 'better' ? `, better than ${than}${chance}` : `, as before (${than})`;
}

function tuning({ state, best }: PushOutcome, metric: string): string {
  const tuned = best === null ? '' : `, with ${formatValue(metric, best)}`;
  if (state === 'target-reached') return best === null ? ' It reaches the target.' : ` Tuned, it reaches the target${tuned}.`;
  if (state === 'target-missed') return ` Tuning did not reach the target${tuned}.`;
  return best === null ? '' : ` Tuned, it has ${formatValue(metric, best)}.`;
}
