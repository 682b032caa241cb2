import { HoneError } from '../base/HoneError.ts';
import type { Environment, RunnerConnection, RunnerEnd } from '../core/ports/Runtime.ts';
import { parseRunnerLine, renderRunnerLine, RUNNER_PROTOCOL, type FromRunner } from '../protocol/runnerMessages.ts';
import type { Supervision } from './Supervision.ts';

/** A runner that said it is ready. */
export interface Runner {
  readonly connection: RunnerConnection;
  /** Its messages, each once and acknowledged when the next is asked for; done when the runner is gone. */
  readonly messages: AsyncIterator<FromRunner>;
  /** Variables for its trials. They may be secret. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts a runner, tells it where things are and waits until it is ready.
 * @throws HoneError where it ends before that, with what it last said
 */
export async function startRunner(
  { plan, ports, runtime, signal, record }: Supervision,
  environment: Environment,
): Promise<Runner> {
  const { environment: given, environmentFile } = plan.command;
  const variables = { ...(environmentFile === null ? {} : await ports.project.readEnvironment(environmentFile)), ...given };
  const connection = await runtime.launch(plan, environment, ports.store.directory(plan.folder, plan.study), signal);
  const runner = { connection, messages: readMessages(connection), environment: variables };
  try {
    record({ type: 'runner-started', container: connection.container });
    const { source, work, links } = connection.paths;
    connection.send(
      renderRunnerLine({
        type: 'configure',
        protocol: RUNNER_PROTOCOL,
        source,
        work,
        links: plan.links.map((link, index) => ({ ...link, target: links[index] ?? '' })),
        artifactBytes: plan.limits.artifactBytes,
        preload: [],
      }),
    );
    const first = await runner.messages.next();
    if (first.done === true) throw runnerFailed(await connection.ended);
    if (first.value.type !== 'ready') throw new HoneError('protocol', 'The runner spoke before it was ready.');
    record({ type: 'runner-ready', python: first.value.python, packages: first.value.packages });
    return runner;
  } catch (error) {
    await connection.dispose();
    throw error;
  }
}

async function* readMessages(connection: RunnerConnection): AsyncGenerator<FromRunner> {
  let last = 0;
  for await (const line of connection.lines) {
    const message = parseRunnerLine(line);
    if (message === null || message.sequence <= last) continue; // Noise, or sent again.
    last = message.sequence;
    yield message;
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
