import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { AsyncQueue } from '../../base/AsyncQueue.ts';
import { HoneError } from '../../base/HoneError.ts';
import type { LoadedModel, ModelRuntime } from '../../core/ports/ModelRuntime.ts';
import { installNative } from './installNative.ts';
import type { FromPredictor, ToPredictor } from './predictorMessages.ts';

export interface ModelRuntimeOptions {
  /** Absolute path of the folder with the bundles. */
  readonly distDirectory: string;
  /** Where the native package may be installed: a folder with node_modules. */
  readonly nativeDirectory: string;
  /** Brings the folder `tensorflow` of an image of Hone's into a folder; false where there is no such image. */
  readonly copyFromImage: (target: string) => Promise<boolean>;
}

const MEMORY_MB = 4096;

/** TensorFlow.js in a child process: native where it is installed, else on WebAssembly. */
export function createModelRuntime({ distDirectory, nativeDirectory, copyFromImage }: ModelRuntimeOptions): ModelRuntime {
  return {
    install: (interpreter, onProgress, signal) =>
      installNative({ directory: nativeDirectory, interpreter, copyFromImage, onProgress, signal }),
    load: async (folder, signal) => {
      signal.throwIfAborted();
      const child = fork(join(distDirectory, 'predictor.js'), [join(distDirectory, 'tfjs'), nativeDirectory], {
        serialization: 'advanced',
        silent: true,
        execArgv: [`--max-old-space-size=${MEMORY_MB}`],
      });
      const stop = (): void => void child.kill();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const conversation = converse(child);
        const loaded = await conversation.ask({ type: 'load', folder });
        if (loaded.type !== 'loaded') throw new HoneError('protocol', 'The process that computes models spoke out of turn.');
        return { runtime: loaded.runtime, predict: conversation.predict, dispose: stop };
      } catch (error) {
        stop();
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

interface Conversation {
  ask(message: ToPredictor): Promise<Exclude<FromPredictor, { type: 'failed' }>>;
  readonly predict: LoadedModel['predict'];
}

function converse(child: ChildProcess): Conversation {
  const answers = new AsyncQueue<FromPredictor>();
  child.on('message', (message) => answers.push(message as FromPredictor));
  child.on('error', () => answers.close());
  child.on('exit', () => answers.close());
  const reader = answers[Symbol.asyncIterator]();
  const ask: Conversation['ask'] = async (message) => {
    if (child.connected) child.send(message);
    const { done, value } = await reader.next();
    if (done === true) {
      throw new HoneError(
        'model-unreadable',
        'The process that computes the model ended: it may need more memory than there is.',
        {
          next: 'Look at the model in its container: `hone shell` opens one.',
        },
      );
    }
    if (value.type === 'failed') {
      throw new HoneError('model-unreadable', `TensorFlow.js cannot compute the model: ${value.reason}`);
    }
    return value;
  };
  return {
    ask,
    predict: async (inputs, shape) => {
      const answer = await ask({ type: 'predict', inputs, shape });
      if (answer.type !== 'predicted') throw new HoneError('protocol', 'The process that computes models spoke out of turn.');
      return answer;
    },
  };
}
