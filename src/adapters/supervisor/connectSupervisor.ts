import { connect, type Socket } from 'node:net';
import type { SupervisorConnection } from '../../core/ports/SupervisorLink.ts';
import { parseFromSupervisor, renderSupervisorLine, type FromSupervisor } from '../../protocol/supervisorMessages.ts';
import { readLines } from '../readLines.ts';
import { socketPath } from './socketPath.ts';

/** Connects to the supervisor of a study; null where none answers. */
export async function connectSupervisor(folder: string, study: string): Promise<SupervisorConnection | null> {
  const socket = await open(socketPath(folder, study));
  if (socket === null) return null;
  return {
    messages: readMessages(socket),
    send: (message) => void socket.write(renderSupervisorLine(message)),
    close: () => socket.destroy(),
  };
}

/** An open socket, or null where nobody listens. */
export function open(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

async function* readMessages(socket: Socket): AsyncGenerator<FromSupervisor> {
  try {
    for await (const line of readLines(socket)) {
      const message = parseFromSupervisor(line);
      if (message !== null) yield message;
    }
  } finally {
    socket.destroy();
  }
}
