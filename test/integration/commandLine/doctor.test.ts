import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { hasDocker, makeProject, startHone } from './honeProcess.ts';

interface Doctor {
  readonly able: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly state: string;
    readonly text: string;
    readonly next: string | null;
  }[];
}

async function doctor(
  environment: Readonly<Record<string, string>>,
): Promise<{ seconds: number; document: Doctor; stdout: string }> {
  const startedAt = performance.now();
  const { stdout } = await startHone(makeProject({ 'train.py': '' }), ['doctor', '--json'], environment).done;
  return { seconds: (performance.now() - startedAt) / 1000, document: JSON.parse(stdout) as Doctor, stdout };
}

test.skipIf(!hasDocker)('doctor answers for the engine, its images and the folder', async () => {
  const { seconds, document } = await doctor({ HONE_TORCH_INDEX_URL: '' });
  const states = Object.fromEntries(document.checks.map(({ name, state }) => [name, state]));
  expect(states).toMatchObject({ engine: 'ok', builder: 'ok', images: 'ok', folder: 'ok' });
  expect(document.able).toBe(true);
  expect(seconds).toBeLessThan(5);
});

test('doctor answers within five seconds where nothing else does, and tells no password', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  const address = await new Promise<ReturnType<typeof silent.address>>((resolve) =>
    silent.once('listening', () => resolve(silent.address())),
  );
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const { seconds, document, stdout } = await doctor({
    HONE_DOCKER_HOST: `tcp://${host}`,
    HONE_INDEX_URL: `http://someone:canary-77@${host}/simple`,
    HONE_TORCH_INDEX_URL: '',
  });
  silent.close();
  expect(seconds).toBeLessThan(6);
  const find = (name: string) => document.checks.find((check) => check.name === name);
  expect(find('engine')).toMatchObject({ state: 'warning', text: expect.stringContaining('does not answer') });
  expect(find('index')).toMatchObject({ state: 'warning', text: expect.stringContaining(`at ${host} cannot be reached`) });
  expect(stdout).not.toContain('canary');
});

test('a reader who leaves early, as head does, ends no command', async () => {
  const { child, done } = startHone(makeProject({ 'train.py': '' }), ['doctor', '--json']);
  child.stdout?.destroy();
  const { code, stderr } = await done;
  expect(stderr).not.toContain('EPIPE');
  expect([0, 1]).toContain(code);
});
