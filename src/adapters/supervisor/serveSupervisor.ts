import { mkdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HoneError } from '../../base/HoneError.ts';
import type { ServeOptions, SupervisorServer } from '../../core/ports/SupervisorLink.ts';
import { parseToSupervisor, renderSupervisorLine } from '../../protocol/supervisorMessages.ts';
import { open } from './connectSupervisor.ts';
import { readLines } from '../readLines.ts';
import { socketPath } from './socketPath.ts';

/** A face that reads slower than this many bytes behind is let go; it reconnects and catches up from the journal. */
const MOST_BEHIND_BYTES = 16_000_000;
const STALE_LOCK_MS = 5000;

/** Listens as the one supervisor of a study; the socket is the lock. */
export async function serveSupervisor(folder: string, study: string, options: ServeOptions): Promise<SupervisorServer> {
  const path = socketPath(folder, study);
  const faces = new Set<Socket>();
  const server = createServer((socket) => void welcome(socket, faces, options));
  await listen(server, path, study);
  return {
    broadcast(message) {
      const line = renderSupervisorLine(message);
      for (const face of faces) {
        if (face.writableLength > MOST_BEHIND_BYTES) face.destroy();
        else face.write(line);
      }
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => faces.forEach((face) => face.destroy()), 1000);
      for (const face of faces) face.end();
      await closed;
      clearTimeout(timer);
    },
  };
}

async function welcome(face: Socket, faces: Set<Socket>, options: ServeOptions): Promise<void> {
  faces.add(face);
  face.on('error', () => face.destroy());
  face.on('close', () => faces.delete(face));
  face.write(options.greeting().map(renderSupervisorLine).join(''));
  for await (const line of readLines(face)) {
    const message = parseToSupervisor(line);
    if (message !== null) options.onMessage(message);
  }
}

async function listen(server: Server, path: string, study: string): Promise<void> {
  if (process.platform === 'win32') return bind(server, path, study); // A pipe goes with its process.
  await withLock(`${path}.lock`, async () => {
    if (await isLiving(path)) throw taken(study);
    rmSync(path, { force: true }); // Left by a supervisor that was killed.
    await bind(server, path, study);
  });
}

function taken(study: string): HoneError {
  return new HoneError('already-running', `${study} has a supervisor already.`);
}

/** Does something that takes milliseconds while no other process does it. A lock whose owner died is broken after five seconds. */
async function withLock(lock: string, action: () => Promise<void>): Promise<void> {
  while (!tryMake(lock)) {
    if (ageMs(lock) > STALE_LOCK_MS) rmSync(lock, { recursive: true, force: true });
    await sleep(10);
  }
  try {
    await action();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryMake(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function ageMs(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 0 : Date.now() - found.mtimeMs;
}

async function isLiving(path: string): Promise<boolean> {
  const socket = await open(path);
  socket?.destroy();
  return socket !== null;
}

function bind(server: Server, path: string, study: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject('code' in error && error.code === 'EADDRINUSE' ? taken(study) : error);
    server.once('error', fail);
    server.listen(path, () => {
      server.off('error', fail);
      resolve();
    });
  });
}
