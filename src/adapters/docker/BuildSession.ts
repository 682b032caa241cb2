import type Docker from 'dockerode';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Disposable } from '../../base/DisposableStore.ts';
import { dialEngine } from './dialEngine.ts';
import { readWireFields, writeWireField } from './protobufWire.ts';
import { readRegistryCredentials, type RegistryCredentials } from './readRegistryCredentials.ts';

/**
 * A build's way to ask back: BuildKit fetches secrets, and credentials of registries that base images come from, over it while it runs, so that
 * they are in no request, layer or history.
 */
export interface BuildSession extends Disposable {
  readonly id: string;
}

/** Opens a session that serves the given secrets; an id that it does not know is not found. */
export async function openBuildSession(docker: Docker, secrets: ReadonlyMap<string, string>): Promise<BuildSession> {
  const { Server, ServerCredentials, status } = await import('@grpc/grpc-js');
  const id = randomUUID();
  const socket = await dialSession(docker, id);
  const server = new Server();
  server.addService(secretsService, {
    GetSecret: (call: { request: string }, reply: (error: object | null, secret?: string) => void) => {
      const secret = secrets.get(call.request);
      if (secret === undefined) reply({ code: status.NOT_FOUND, details: 'not found' });
      else reply(null, secret);
    },
  });
  server.addService(authService, {
    Credentials: (call: { request: string }, reply: (error: null, credentials: RegistryCredentials) => void) =>
      void readRegistryCredentials(call.request).then((found) => reply(null, found ?? { user: '', secret: '' })),
  });
  // BuildKit asks every few seconds and drops a session that does not answer.
  server.addService(healthService, {
    Check: (_call: unknown, reply: (error: null, answer: Buffer) => void) => reply(null, serving),
  });
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  // A connection that is destroyed before its first turn crashes Node's HTTP/2.
  await new Promise((resolve) => setImmediate(resolve));
  const dispose = (): void => {
    server.forceShutdown();
    socket.destroy();
  };
  return { id, dispose };
}

/** `moby.buildkit.secrets.v1.Secrets` of BuildKit: the id is the request's first field, the secret the answer's first. */
const secretsService = {
  GetSecret: {
    path: '/moby.buildkit.secrets.v1.Secrets/GetSecret',
    requestStream: false,
    responseStream: false,
    requestSerialize: (id: string): Buffer => writeWireField(1, Buffer.from(id)),
    requestDeserialize: (message: Buffer): string => firstField(message).toString('utf8'),
    responseSerialize: (secret: string): Buffer => writeWireField(1, Buffer.from(secret)),
    responseDeserialize: (message: Buffer): string => firstField(message).toString('utf8'),
  },
};

/** `moby.filesync.v1.Auth` of BuildKit: the host is the request's first field, user and secret the answer's. Without credentials both are empty. */
const authService = {
  Credentials: {
    path: '/moby.filesync.v1.Auth/Credentials',
    requestStream: false,
    responseStream: false,
    requestSerialize: (host: string): Buffer => writeWireField(1, Buffer.from(host)),
    requestDeserialize: (message: Buffer): string => firstField(message).toString('utf8'),
    responseSerialize: ({ user, secret }: RegistryCredentials): Buffer =>
      Buffer.concat([writeWireField(1, Buffer.from(user)), writeWireField(2, Buffer.from(secret))]),
    responseDeserialize: (message: Buffer): RegistryCredentials => ({ user: firstField(message).toString('utf8'), secret: '' }),
  },
};

/** `grpc.health.v1.Health`; the answer's first field is the number 1, SERVING. */
const serving = Buffer.from([0x08, 0x01]);
const healthService = {
  Check: {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
};

function asIs(message: Buffer): Buffer {
  return message;
}

function firstField(message: Buffer): Buffer {
  return [...readWireFields(message)].find(({ field }) => field === 1)?.bytes ?? Buffer.alloc(0);
}

function dialSession(docker: Docker, id: string): Promise<Duplex> {
  const request = {
    method: 'POST',
    path: '/session',
    hijack: true,
    headers: {
      Upgrade: 'h2c',
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'hone',
      'X-Docker-Expose-Session-Grpc-Method': [secretsService.GetSecret.path, authService.Credentials.path],
    },
    statusCodes: { 200: true, 500: 'server error' },
  };
  return dialEngine<Duplex>(docker, request);
}
