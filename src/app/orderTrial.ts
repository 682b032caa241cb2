import { join } from 'node:path';
import type { Decision } from '../core/study/Decision.ts';
import { mergeTexts } from '../core/study/mergeTexts.ts';
import type { TrialMessage } from '../protocol/runnerMessages.ts';
import type { Runner } from './Runner.ts';
import type { Supervision } from './Supervision.ts';

export type TrialDecision = Extract<Decision, { kind: 'trial' }>;

/** What a runner is told to run a trial. */
export async function orderTrial(
  supervision: Supervision,
  { environment }: Runner,
  decision: TrialDecision,
): Promise<TrialMessage & { readonly type: 'trial' }> {
  const { plan, study } = supervision;
  const { trial, repeat, seed } = decision;
  const { script, module, arguments: args, directory } = plan.command;
  return {
    type: 'trial',
    trial,
    repeat,
    seed,
    script,
    module,
    arguments: args,
    directory,
    environment,
    files: await filesOf(supervision, decision),
    timeoutSeconds: timeLimitOf(supervision, decision),
    metric: ((plan.metricChosen ? plan.metric : study()?.metric) ?? plan.metric)?.name ?? null,
    metricChosen: plan.metricChosen ?? false,
    watch: trial === 0 && repeat === 0 ? plan.watch : [],
    checkpoint: { bytes: plan.limits.artifactBytes, resume: decision.resume ?? false, heard: heardEpochs(supervision, decision) },
  };
}

/** How many epochs are journalled; null for a repeat, which has no curve. */
function heardEpochs({ study }: Supervision, { trial, repeat }: TrialDecision): number | null {
  return repeat > 0 ? null : (study()?.trials.find(({ number }) => number === trial)?.epochs.length ?? 0);
}

/** How long a run may take, seconds; null where nothing limits it. */
function timeLimitOf({ plan }: Pick<Supervision, 'plan'>, { timeoutSeconds }: TrialDecision): number | null {
  const limit = plan.limits.trialMinutes === null ? Infinity : plan.limits.trialMinutes * 60;
  const seconds = Math.min(limit, timeoutSeconds ?? Infinity);
  return seconds === Infinity ? null : seconds;
}

/** The files of the snapshot that the trial changes: by its assignment, by the developer's tweak script, and by its seed. */
async function filesOf({ ports, plan, study }: Supervision, decision: TrialDecision): Promise<TrialMessage['files']> {
  const { assignment, seed } = decision;
  const tweaked = study()?.trials.find(({ number }) => number === decision.trial)?.files ?? null;
  if (Object.keys(assignment).length === 0 && seed === null) return tweaked ?? {};
  const source = join(ports.store.directory(plan.folder, plan.study), 'source');
  const edited = await ports.spaces.edit(join(source, plan.command.script), source, assignment, seed, plan.command.arguments);
  if (tweaked === null) return edited;
  const merged = { ...tweaked };
  for (const [path, wanted] of Object.entries(edited)) {
    const base = await ports.store.readSource(plan.folder, plan.study, path);
    merged[path] = mergeTexts(base, tweaked[path] ?? base, wanted).text;
  }
  return merged;
}
