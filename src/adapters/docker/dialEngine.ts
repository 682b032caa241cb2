import type Docker from 'dockerode';

/** A request that the client library has no method for, or none that fits. Resolves with its answer: JSON, a stream, or a hijacked socket. */
export function dialEngine<T>(docker: Docker, request: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null, answer: unknown): void => (error === null ? resolve(answer as T) : reject(error));
    docker.modem.dial(request as Parameters<typeof docker.modem.dial>[0], settle);
  });
}
