import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Failure } from './Failure.ts';
import { killByCookie } from './killByCookie.ts';

/** What a shell step runs in. */
export interface ShellPlace {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Aborts the build. */
  readonly signal: AbortSignal;
  /** Takes output as it comes, secrets already masked. */
  readonly onOutput: (text: string) => void;
  readonly secrets: readonly string[];
}

/**
 * Runs a script as Jenkins' `sh` does: by `sh -xe`, in a session of its own, with a cookie by which all that it starts is found and terminated
 * when the build is aborted. @throws Failure ABORTED then
 */
export async function runShell(script: string, place: ShellPlace): Promise<{ readonly code: number; readonly stdout: string }> {
  place.signal.throwIfAborted();
  const cookie = `durable-${randomUUID()}`;
  const mask = (text: string): string => place.secrets.reduce((masked, secret) => masked.replaceAll(secret, '****'), text);
  const shebang = /^#!(.*)\n/u.exec(script)?.[1]?.trim().split(/\s+/u);
  const [program = 'sh', ...words] = shebang ?? ['sh', '-xe'];
  const child = spawn(program, [...words, '-c', script], {
    cwd: place.directory,
    env: { ...place.environment, JENKINS_SERVER_COOKIE: cookie },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    place.onOutput(mask(text));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => place.onOutput(mask(text)));
  const stop = (): void => void killByCookie('JENKINS_SERVER_COOKIE', cookie, 'SIGTERM');
  place.signal.addEventListener('abort', stop, { once: true });
  // What a step leaves in the background may keep its pipes open: the step ends with its shell.
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => setTimeout(() => resolve(status ?? 143), 100));
  });
  child.stdout.destroy();
  child.stderr.destroy();
  place.signal.removeEventListener('abort', stop);
  if (place.signal.aborted) throw new Failure('The build was aborted.', 'ABORTED');
  return { code, stdout };
}
