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
}: RemoteBranch & { readonly commit: string; readonly push: Push | null; readonly touched: readonly string[] }): string {
  const at = `${remote}/${branch}`;
  if (push === null) return `${at} has nothing new since ${commit.slice(0, 7)}.`;
  const commits = push.commits === 1 ? 'a new commit' : `${push.commits} new commits`;
  const forced = push.forced ? ` Its history was rewritten: what was there before is gone from it.` : '';
  const what =
    touched.length === 0
      ? 'It touches no script that trains.'
      : `It touches ${touched.slice(0, 3).join(', ')}${touched.length > 3 ? ` and ${touched.length - 3} more` : ''}.`;
  return `${at} has ${commits}: ${commit.slice(0, 7)} ${push.subject} (${push.author}).${forced} ${what}`;
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

/** What came of a push for a script, in a sentence: the accuracy of the code itself against the run before. */
export function describeOutcome({
  script,
  commit,
  study,
  metric,
  value,
  before,
  change,
  noise,
  state,
  reason,
}: PushOutcome): string {
  const what = `${script} at ${commit.slice(0, 7)}${study === null ? '' : ` (${study})`}`;
  if (value === null || metric === null)
    return `${what} ${state === 'cancelled' ? 'was cancelled' : 'failed'}: ${reason ?? 'no reason is known.'}`;
  const name = formatName(metric);
  const now = `${what} has ${formatValue(metric, value)} ${name}`;
  const end =
    state === 'target-missed'
      ? ', and tuning did not reach the target.'
      : state === 'target-reached'
        ? ', and reaches the target.'
        : '.';
  if (before === null) return `${now}${end}`;
  const than = `${formatValue(metric, before.value)} in ${before.study}`;
  const chance = noise === null ? '; how far it changes by chance is not known' : '';
  if (change === 'worse') return `${now}, worse than ${than} by more than chance${chance}${end}`;
  if (change === 'better') return `${now}, better than ${than}${chance}${end}`;
  return `${now}, as before (${than})${end}`;
}
