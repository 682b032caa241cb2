import { join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { Environment, RunnerConnection, RunnerEnd } from '../core/ports/Runtime.ts';
import {
  parseRunnerLine,
  renderRunnerLine,
  RUNNER_PROTOCOL,
  type FromRunner,
  type ToRunner,
} from '../protocol/runnerMessages.ts';
import { pathInContainer } from '../core/study/pathInContainer.ts';
import type { StudyPlan, UpwardLink } from '../core/study/StudyPlan.ts';
import { inTree } from './inTree.ts';
import { maskSecrets, secretValues } from './maskSecrets.ts';
import type { Supervision } from './Supervision.ts';

/** What a runner says of one trial, or of one repeat of it. */
export type TrialNews = Extract<FromRunner, { trial: number }>;

/** A runner that said it is ready. */
export interface Runner {
  readonly connection: RunnerConnection;
  /** Variables for its trials. They may be secret. */
  readonly environment: Readonly<Record<string, string>>;
  /** False once it is gone: it takes no trial any more. */
  readonly alive: boolean;
  send(message: ToRunner): void;
  /** Hands on what is said of a repeat, in order and each message once, until the listener is removed. It is told null when the runner is gone. */
  listen(trial: number, repeat: number, listener: (news: TrialNews | null) => void): () => void;
}

/**
 * Starts a runner, tells it where things are and waits until it is ready.
 * @throws HoneError where it ends before that, with what it last said
 */
export async function startRunner(supervision: Supervision, environment: Environment): Promise<Runner> {
  const { plan, ports, runtime, signal, record } = supervision;
  const variables = await readVariables(supervision);
  const connection = await runtime.launch(plan, environment, ports.store.directory(plan.folder, plan.study), signal);
  try {
    record({ type: 'runner-started', container: connection.container });
    configure(supervision, connection);
    const messages = readMessages(connection, secretValues(variables, plan.command.environment));
    const first = await messages.next();
    if (first.done === true) throw runnerFailed(await connection.ended);
    if (first.value.type !== 'ready') throw new HoneError('protocol', 'The runner spoke before it was ready.');
    record({ type: 'runner-ready', python: first.value.python, packages: first.value.packages });
    return dispatch(connection, messages, variables);
  } catch (error) {
    await connection.dispose();
    throw error;
  }
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

function dispatch(
  connection: RunnerConnection,
  messages: AsyncGenerator<FromRunner>,
  environment: Readonly<Record<string, string>>,
): Runner {
  const listeners = new Map<string, (news: TrialNews | null) => void>();
  let alive = true;
  void (async () => {
    for await (const message of messages) {
      if (!('trial' in message)) continue;
      listeners.get(`${message.trial} ${'repeat' in message ? (message.repeat ?? 0) : 0}`)?.(message);
    }
    alive = false;
    for (const tell of listeners.values()) tell(null);
  })();
  return {
    connection,
    environment,
    get alive() {
      return alive;
    },
    send: (message) => connection.send(renderRunnerLine(message)),
    listen: (trial, repeat, listener) => {
      const key = `${trial} ${repeat}`;
      listeners.set(key, listener);
      if (!alive) listener(null);
      return () => listeners.delete(key);
    },
  };
}

async function* readMessages(connection: RunnerConnection, secrets: readonly string[]): AsyncGenerator<FromRunner> {
  let last = 0;
  for await (const line of connection.lines) {
    const message = parseRunnerLine(line);
    if (message === null || message.sequence <= last) continue; // Noise, or sent again.
    last = message.sequence;
    yield maskSecrets(message, secrets);
    connection.send(renderRunnerLine({ type: 'acknowledge', sequence: last }));
  }
}

function runnerFailed(end: RunnerEnd): HoneError {
  const said = end.diagnostics.trim().split('\n').at(-1) ?? '';
  const why = said === '' ? `exit code ${end.exitCode ?? 'unknown'}` : said;
  return new HoneError('trial-failed', `The runner ended before it was ready: ${why}`, {
    next: '`hone doctor` checks what it needs.',
  });
}
