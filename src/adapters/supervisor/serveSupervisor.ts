import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { HoneError } from '../../base/HoneError.ts';
import type { ServeOptions, SupervisorServer } from '../../core/ports/SupervisorLink.ts';
import { parseToSupervisor, renderSupervisorLine } from '../../protocol/supervisorMessages.ts';
import { open } from './connectSupervisor.ts';
import { readLines } from '../readLines.ts';
import { socketPath } from './socketPath.ts';

/** A face that reads slower than this many bytes behind is let go; it reconnects and catches up from the journal. */
const MOST_BEHIND_BYTES = 16_000_000;

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
  const first = await tryListen(server, path);
  if (first === null) return;
  const living = await open(path);
  if (living === null && process.platform !== 'win32') {
    rmSync(path, { force: true }); // Left by a supervisor that was killed.
    const second = await tryListen(server, path);
    if (second === null) return;
  }
  living?.destroy();
  throw new HoneError('already-running', `${study} has a supervisor already.`, { cause: first });
}

function tryListen(server: Server, path: string): Promise<Error | null> {
  return new Promise((resolve) => {
    const fail = (error: Error): void => resolve(error);
    server.once('error', fail);
    server.listen(path, () => {
      server.off('error', fail);
      resolve(null);
    });
  });
}
