import type Docker from 'dockerode';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HoneError } from '../../base/HoneError.ts';
import { atMost } from '../atMost.ts';
import { demultiplex } from './demultiplex.ts';
import { createLookContainer, type LookRequest } from './lookContainer.ts';

/** What a model that a trial left answers in a container like the trial's own, as it is printed there; untrusted. */
export async function answerContainer(
  docker: Docker,
  request: Omit<LookRequest, 'action' | 'tty'>,
  signal: AbortSignal,
): Promise<string> {
  const look = await createLookContainer(docker, { ...request, action: { action: 'check' }, tty: false });
  const stop = (): void => void look.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const { container } = look;
    const stream = (await container.attach({ stream: true, stdout: true, stderr: true, hijack: true })) as unknown as Duplex;
    stream.on('error', () => stream.destroy()); // The connection broke: what was printed until then says nothing, and that is told.
    const { stdout, stderr } = demultiplex(stream);
    await container.start();
    const [printed, errors] = await Promise.all([text(atMost(stdout)), text(atMost(stderr))]);
    signal.throwIfAborted();
    if (printed.trim() !== '') return printed;
    throw new HoneError(
      'model-unreadable',
      `The model was not answered: ${errors.trim().split('\n').at(-1) ?? 'it printed nothing.'}`,
    );
  } finally {
    signal.removeEventListener('abort', stop);
    await look.dispose();
  }
}
