import type { Environment } from '../core/ports/Runtime.ts';
import type { InterruptionCause } from '../core/study/JournalEvent.ts';
import { runningRuns } from '../core/study/policy/runningRuns.ts';
import { explainLoss } from './explainTrial.ts';
import type { TrialDecision } from './orderTrial.ts';
import type { Runner } from './Runner.ts';
import { attachRunner } from './startRunner.ts';
import type { Supervision } from './Supervision.ts';

/**
 * Goes on with the runner that an earlier supervisor left, and with what runs in it: `follow` listens to each run. What ran without one, or in one that
 * went with its supervisor, is journalled as interrupted. Null where a new runner is needed.
 */
export async function takeOver(
  supervision: Supervision,
  environment: Environment,
  follow: (runner: Runner, run: TrialDecision) => void,
): Promise<Runner | null> {
  const { plan, study } = supervision;
  const known = study();
  const runs = known === null ? [] : runningRuns(plan, known, false);
  const runner = await attachRunner(supervision, environment, runs);
  if (runner === null) {
    for (const run of runs) interruptRun(supervision, run);
    return null;
  }
  for (const run of runs) follow(runner, run);
  const running = await runner.catchUp();
  const isOurs = (one: { trial: number; repeat: number }): boolean =>
    runs.some(({ trial, repeat }) => trial === one.trial && repeat === one.repeat);
  // What runs in it and is no trial of the journal's was a tweak script, which is run anew.
  if (running?.every(isOurs) === true) return runner;
  await runner.connection.dispose();
  return null;
}

function interruptRun({ record, hostRestarted }: Supervision, { trial, repeat }: TrialDecision): void {
  const cause: InterruptionCause = hostRestarted ? 'host-restarted' : 'supervisor-lost';
  const reason = explainLoss(cause, { exitCode: null, signal: null, diagnostics: '' }, null);
  record({ type: 'trial-interrupted', trial, repeat, cause, reason, delayMs: 0 });
}
