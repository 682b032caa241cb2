import { HoneError } from '../../base/HoneError.ts';
import type { EngineEndpoint } from './EngineEndpoint.ts';

/** What a failed request says: the client's errors carry a system code, or a status and the engine's own sentence. */
interface EngineFailure extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly json?: { readonly message?: string } | null;
}

/** The engine's status code behind an error; null where no answer came. */
export function engineStatus(error: unknown): number | null {
  return (error as EngineFailure).statusCode ?? null;
}

/** The engine's own sentence, without the client's preamble. */
export function engineMessage(error: unknown): string {
  const failure = error as EngineFailure;
  const text = failure.json?.message ?? failure.message.replace(/^\(HTTP code \d+\) [^-]* - /, '');
  return text.trim().replace(/\.$/, '');
}

/** Turns what the client library throws into a HoneError that says what to do. `next` may be null where there is nothing to do. */
export function translateEngineError(error: unknown, endpoint: EngineEndpoint): HoneError {
  if (error instanceof HoneError) return error;
  const failure = error as EngineFailure;
  if (failure.name === 'AbortError') return new HoneError('cancelled', 'Cancelled.', { cause: error });
  if (isDiskFull(engineMessage(error))) return diskFull(error);
  if (failure.statusCode !== undefined) {
    return new HoneError('internal', `Docker refused: ${engineMessage(error)}.`, {
      next: 'Run hone doctor to see what does not work.',
      cause: error,
    });
  }
  return connectionError(failure, endpoint);
}

export function isDiskFull(text: string): boolean {
  return /no space left on device|ENOSPC|disk quota exceeded/i.test(text);
}

export function diskFull(cause: unknown): HoneError {
  return new HoneError('disk-full', "Docker's disk is full.", {
    next: 'Make room, for example with docker image prune and docker builder prune, then run again.',
    cause,
  });
}

function connectionError(failure: EngineFailure, { host, origin }: EngineEndpoint): HoneError {
  const at = `${host} (${origin})`;
  const absent = (message: string, next: string): HoneError => new HoneError('engine-absent', message, { next, cause: failure });
  switch (failure.code) {
    case 'ENOENT':
      return absent(
        `No Docker engine listens at ${at}.`,
        'Start Docker, or install it; or train in your own interpreter with --runtime local.',
      );
    case 'ECONNREFUSED':
      return absent(
        `Docker is not running: ${at} refuses connections.`,
        'Start Docker, or train in your own interpreter with --runtime local.',
      );
    case 'EACCES':
    case 'EPERM':
      return absent(
        `You may not use Docker: ${host} denies access.`,
        'Add yourself to its group with "sudo usermod -aG docker $USER" and log in again.',
      );
    case 'ECONNRESET':
    case 'EPIPE':
      return new HoneError('engine-lost', 'Docker went away in the middle of a request.', {
        next: 'Start it again and repeat.',
        cause: failure,
      });
    default:
      return absent(`The Docker engine at ${at} does not answer: ${failure.message}.`, 'Check the address and the network.');
  }
}
