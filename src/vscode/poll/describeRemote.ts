import { describePull, describePush } from '../../core/report/describePoll.ts';
import { nodeView, type NodeView } from '../NodeView.ts';
import type { WatchedRemote } from './RemoteWatch.ts';

/** The row of a watched remote: how the open branch stands to it, and what waits. */
export function describeRemote({ report, failure }: WatchedRemote): NodeView {
  if (report === null) {
    const icon = { icon: failure === null ? 'sync' : 'warning', color: null };
    const description = failure ?? 'looking at it…';
    return nodeView({ label: 'Remote', description, icon, tooltip: failure === null ? [] : [failure], context: 'remote' });
  }
  const { pull, queue } = report;
  const held = queue.find((item) => item.held !== null);
  const waiting = queue.filter(({ study }) => study === null).length;
  const parts = [
    failure ?? stateOf(report),
    ...(held === undefined ? (waiting === 0 ? [] : [`${waiting} to train`]) : ['waits for you']),
  ];
  const heldText = held === undefined ? [] : [`${held.script}: ${held.held ?? ''}`];
  return nodeView({
    label: `${report.remote}/${report.branch}`,
    description: parts.join(' · '),
    icon: { icon: failure === null && held === undefined ? 'cloud' : 'warning', color: null },
    tooltip: [...(failure === null ? [] : [failure]), describePush(report), describePull(report) ?? '', ...heldText].filter(
      (text) => text !== '',
    ),
    context: pull.state === 'possible' ? 'remote.possible' : 'remote',
  });
}

function stateOf({ pull: { state, ahead, behind } }: NonNullable<WatchedRemote['report']>): string {
  const commits = `${behind} new commit${behind === 1 ? '' : 's'}`;
  switch (state) {
    case 'possible':
      return commits;
    case 'blocked':
      return `${commits}, blocked by changes here`;
    case 'diverged':
      return `diverged: ${ahead} here, ${behind} there`;
    case 'same':
    case 'ahead':
      return 'nothing to pull';
    case 'elsewhere':
      return 'another branch is open';
  }
}
