import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectSupervisor } from '../../../../src/adapters/supervisor/connectSupervisor.ts';
import { serveSupervisor } from '../../../../src/adapters/supervisor/serveSupervisor.ts';
import { socketPath } from '../../../../src/adapters/supervisor/socketPath.ts';
import type { FromSupervisor, ToSupervisor } from '../../../../src/protocol/supervisorMessages.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hone-link-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const quiet = { greeting: (): readonly FromSupervisor[] => [{ type: 'caught-up' }], onMessage: (): void => {} };

describe("a supervisor's socket", () => {
  test('greets a face, tells it what happens, and hears it', async () => {
    const heard: ToSupervisor[] = [];
    const server = await serveSupervisor(folder, 's-1', { ...quiet, onMessage: (message) => heard.push(message) });
    const face = await connectSupervisor(folder, 's-1');
    const messages = face?.messages[Symbol.asyncIterator]();
    expect((await messages?.next())?.value).toEqual({ type: 'caught-up' });
    server.broadcast({ type: 'progress', text: 'ü\n', fraction: null });
    expect((await messages?.next())?.value).toEqual({ type: 'progress', text: 'ü\n', fraction: null });
    face?.send({ type: 'cancel' });
    await expect.poll(() => heard).toEqual([{ type: 'cancel' }]);
    await server.close();
    expect((await messages?.next())?.done).toBe(true);
  });

  test('belongs to one: a second supervisor is refused while the first lives', async () => {
    const first = await serveSupervisor(folder, 's-1', quiet);
    await expect(serveSupervisor(folder, 's-1', quiet)).rejects.toMatchObject({ code: 'already-running' });
    const other = await serveSupervisor(folder, 's-2', quiet);
    await Promise.all([first.close(), other.close()]);
  });

  test('left by one that was killed is taken over, by exactly one of many', async () => {
    const path = socketPath(folder, 's-1');
    const program = 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
    spawnSync(process.execPath, ['-e', program, path]);
    expect(await connectSupervisor(folder, 's-1')).toBeNull();
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => serveSupervisor(folder, 's-1', quiet)));
    const servers = tries.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(servers).toHaveLength(1);
    expect(await connectSupervisor(folder, 's-1')).not.toBeNull();
    await servers[0]?.close();
  });

  test('answers null where nobody listens', async () => {
    expect(await connectSupervisor(folder, 'none-1')).toBeNull();
  });
});
