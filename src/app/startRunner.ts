import { join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import { createDeferred } from '../base/createDeferred.ts';
import type { Environment, RunnerConnection, RunnerEnd } from '../core/ports/Runtime.ts';
import { renderRunnerLine, RUNNER_PROTOCOL } from '../protocol/runnerMessages.ts';
import { classifyEnd } from '../core/study/classifyEnd.ts';
import { RESTART_DELAYS_MS } from '../core/study/restartDelayMs.ts';
import { pathInContainer } from '../core/study/pathInContainer.ts';
import type { StudyPlan, UpwardLink } from '../core/study/StudyPlan.ts';
import { explainLoss } from './explainTrial.ts';
import { inTree } from './inTree.ts';
import { secretValues } from './maskSecrets.ts';
import { patiently } from './patiently.ts';
import { Runner, type RunName } from './Runner.ts';
import type { Supervision } from './Supervision.ts';

/**
 * Starts a runner, tells it where things are and waits until it is ready. Where the engine is away it waits for that.
 * @throws HoneError where it ends before that, with what it last said
 */
export async function startRunner(supervision: Supervision, environment: Environment): Promise<Runner> {
  for (let attempt = 0; ; attempt++) {
    const started = await tryStart(supervision, environment);
    if (started instanceof Runner) return started;
    supervision.signal.throwIfAborted();
    const kind = classifyEnd({ of: 'runner', cancelled: false, hostRestarted: false, ...started });
    const delayMs = kind === 'killed' || kind === 'engine-restarted' ? RESTART_DELAYS_MS[attempt] : undefined;
    if (delayMs === undefined) throw runnerFailed(started);
    supervision.record({ type: 'runner-lost', reason: explainLoss(kind, started, supervision.plan.limits.memoryBytes) });
    await supervision.ports.pause(delayMs, supervision.signal);
  }
}

async function tryStart(supervision: Supervision, environment: Environment): Promise<Runner | RunnerEnd> {
  const { plan, ports, runtime, signal, record } = supervision;
  const variables = await readVariables(supervision);
  const directory = ports.store.directory(plan.folder, plan.study);
  const connection = await patiently(supervision, () => runtime.launch(plan, environment, directory, signal));
  try {
    record({ type: 'runner-started', container: connection.container });
    configure(supervision, connection);
    const ready = createDeferred<true>();
    const runner = new Runner(connection, {
      environment: variables,
      secrets: secretValues(variables, plan.command.environment),
      onReady: ({ python, packages }) => {
        record({ type: 'runner-ready', python, packages });
        ready.resolve(true);
      },
    });
    const ended = await Promise.race([ready.promise, connection.ended]);
    if (ended === true) return runner;
    await connection.dispose();
    return ended;
  } catch (error) {
    await connection.dispose();
    throw error;
  }
}

/** The runner that an earlier supervisor left, alive or ended, with what that heard of it; journalled. Null where there is none. */
export async function attachRunner(
  supervision: Supervision,
  environment: Environment,
  open: readonly RunName[],
): Promise<Runner | null> {
  const { plan, ports, runtime, record, study } = supervision;
  const variables = await readVariables(supervision);
  const directory = ports.store.directory(plan.folder, plan.study);
  const connection = await patiently(supervision, () => runtime.attach(plan, environment, directory));
  if (connection === null) return null;
  record({ type: 'runner-attached', container: connection.container });
  const secrets = secretValues(variables, plan.command.environment);
  // It may have been started and told nothing; one that knows all of this already takes no notice.
  configure(supervision, connection);
  return new Runner(connection, { environment: variables, secrets, heard: { sequence: study()?.heard ?? 0, open } });
}

/** The variables of the user's, those of hone.yaml before those of files. They may be secret, so they are read now and kept nowhere. */
async function readVariables({ plan, ports: { project } }: Supervision): Promise<Readonly<Record<string, string>>> {
  const { environment, environmentFile, launch = null, directory } = plan.command;
  const ofFile = environmentFile === null ? {} : await project.readEnvironment(environmentFile);
  const launches = launch === null ? null : await project.readLaunches(launch.folder, join(plan.folder, plan.script));
  const { env = {} } = launches?.find(({ name }) => name === launch?.name) ?? {};
  const root = join(plan.folder, plan.root);
  const ofLaunch = Object.entries(env).map(([name, value]) => [name, inTree(value, root, directory)] as const);
  return { ...ofFile, ...Object.fromEntries(ofLaunch), ...environment };
}

function configure({ plan }: Supervision, connection: RunnerConnection): void {
  const { source, work, links } = connection.paths;
  connection.send(
    renderRunnerLine({
      type: 'configure',
      protocol: RUNNER_PROTOCOL,
      source,
      work,
      links: [...plan.links.map((link, index) => ({ ...link, target: links[index] ?? '' })), ...upwardLinks(plan)],
      artifactBytes: plan.limits.artifactBytes,
      preload: plan.preload,
    }),
  );
}

function upwardLinks({ upwards = [], runtime }: StudyPlan): readonly UpwardLink[] {
  return upwards.map((link) => (runtime === 'docker' ? { ...link, target: pathInContainer(link.target) } : link));
}

function runnerFailed(end: RunnerEnd): HoneError {
  const said = end.diagnostics.trim().split('\n').at(-1) ?? '';
  const why = said === '' ? `exit code ${end.exitCode ?? 'unknown'}` : said;
  return new HoneError('trial-failed', `The runner ended before it was ready: ${why}`, {
    next: '`hone doctor` checks what it needs.',
  });
}
