import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { parseGroovy } from '../groovy/parseGroovy.ts';
import { readPipeline } from '../model/readPipeline.ts';
import type { Controller, PipelineSource } from './Controller.ts';
import { Failure } from './Failure.ts';
import { killByCookie } from './killByCookie.ts';
import { runBuild } from './runBuild.ts';

/** A controller that a test started, with the mails that its builds sent. */
export interface StartedController extends Controller {
  readonly mails: readonly Email[];
  /** Resolves when no build runs any more, nor one that another started. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Variables that an agent's processes have before a build adds its own. HOME is what an agent in a container has: nothing of use. */
const AGENT = [
  'PATH',
  'LANG',
  'TMPDIR',
  'DOCKER_HOST',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/** Starts a controller with a real mail server and a folder of its own. `environment` is added to what agents have. */
export async function startController(
  environment: Readonly<Record<string, string>> = {},
  credentials: Readonly<Record<string, string>> = {},
): Promise<StartedController> {
  const home = mkdtempSync(join(tmpdir(), 'hone-jenkins-'));
  const mails: Email[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _, callback) {
      stream.once('end', callback);
      void buffer(stream).then(async (bytes) => mails.push(await PostalMime.parse(bytes)));
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => resolve((listener.address() as { port: number }).port));
  });
  const own = Object.entries(process.env).filter(([name]) => AGENT.includes(name) || name.startsWith('HONE_'));
  const controller: StartedController = {
    home,
    mails,
    jobs: new Map(),
    credentials: new Map(Object.entries(credentials)),
    mail: { port, recipients: 'team@example.org' },
    environment: { HOME: '/nonexistent', ...(Object.fromEntries(own) as Record<string, string>), ...environment },
    read: readerIn(home),
    start(job, request) {
      const started = runBuild(controller, job, request);
      controller.running.add(started.done);
      void started.done.finally(() => controller.running.delete(started.done));
      return started;
    },
    async idle() {
      while (controller.running.size > 0) await Promise.all(controller.running);
    },
    locks: new Map(),
    leases: new Set(),
    workspaces: new Set(),
    running: new Set(),
    async stop() {
      // A study that is paused, or was brought back, has a supervisor that outlives its build.
      for (const path of controller.workspaces) killByCookie('WORKSPACE', path, 'SIGKILL');
      await new Promise<void>((resolve) => server.close(resolve));
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return controller;
}

/** Reads pipelines as Jenkins does before it runs any of one: a wrong one fails the build. */
function readerIn(home: string): PipelineSource {
  const known = new Map<string, ReturnType<PipelineSource>>();
  return (text) => {
    const read = known.get(text) ?? readNow(home, text);
    known.set(text, read);
    return read;
  };
}

function readNow(home: string, text: string): ReturnType<PipelineSource> {
  const path = join(home, 'Jenkinsfile');
  writeFileSync(path, text);
  const [tree] = parseGroovy([path]);
  if (tree === undefined) throw new Error('Groovy said nothing.');
  const { pipeline, problems } = readPipeline(tree);
  const [first] = problems;
  if (first !== undefined || pipeline === null) throw new Failure(`WorkflowScript: ${first?.line}: ${first?.message}`);
  return { pipeline, tree };
}
