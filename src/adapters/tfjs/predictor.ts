import { buildModel, type Predict } from './buildModel.ts';
import { openTensorFlow } from './openTensorFlow.ts';
import type { FromPredictor, ToPredictor } from './predictorMessages.ts';

/**
 * The entry of the process that computes a model. It is started with the folder of the WebAssembly files and, where it was installed, that of the
 * native package; it ends when whoever started it does.
 */
const [wasmFolder = '', nativeFolder = ''] = process.argv.slice(2);
const tell = (message: FromPredictor): void => void process.send?.(message);

let answered: Promise<void> = Promise.resolve();
let predict: Predict | null = null;

async function answer(message: ToPredictor): Promise<void> {
  try {
    if (message.type === 'load') {
      const { tf, runtime } = await openTensorFlow(wasmFolder, nativeFolder);
      predict = await buildModel(tf, message.folder);
      tell({ type: 'loaded', runtime });
    } else {
      if (predict === null) throw new Error('No model was loaded.');
      tell({ type: 'predicted', ...(await predict(message.inputs, message.shape)) });
    }
  } catch (error) {
    tell({ type: 'failed', reason: firstLine(error) });
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]?.slice(0, 500) ?? '';
}

process.on('message', (message: ToPredictor) => {
  answered = answered.then(() => answer(message));
});
process.on('disconnect', () => process.exit(0));
