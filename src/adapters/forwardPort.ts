import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A port of 127.0.0.1 that is listened on until it is closed. */
export interface ForwardedPort {
  readonly port: number;
  close(): void;
}

/** Listens on a free port, for this machine alone, and hands over whoever connects. */
export async function forwardPort(onConnect: (socket: Socket, port: number) => void): Promise<ForwardedPort> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    onConnect(socket, port);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
