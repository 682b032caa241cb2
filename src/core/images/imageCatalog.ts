import type { Framework } from '../scan/Script.ts';
import type { ImageName } from './ImageSources.ts';

/** The oldest Python that all pins have wheels for: code written for older releases still runs on it. */
export const DEFAULT_BASE_IMAGE = 'python:3.11-slim';

/** PyTorch's own index of wheels without CUDA. */
export const DEFAULT_TORCH_INDEX = 'https://download.pytorch.org/whl/cpu';

/** What a first build of an image costs on an ordinary machine, the base image included: measured in November 2026. */
export interface ImageCost {
  readonly downloadBytes: number;
  readonly buildSeconds: number;
}

const MB = 1_000_000;

export const imageCosts: Readonly<Record<ImageName, ImageCost>> = {
  sklearn: { downloadBytes: 160 * MB, buildSeconds: 45 },
  keras: { downloadBytes: 480 * MB, buildSeconds: 110 },
  pytorch: { downloadBytes: 390 * MB, buildSeconds: 100 },
  boosting: { downloadBytes: 270 * MB, buildSeconds: 60 },
};

/** What each package beyond the image's own adds, where nobody knows better. */
export const packageCost: ImageCost = { downloadBytes: 15 * MB, buildSeconds: 5 };

/** The image that a framework trains in; where that is scikit-learn or none, the one that holds what else is imported. */
export function imageNameOf(framework: Framework, imports: readonly string[]): ImageName {
  switch (framework) {
    case 'keras':
      return 'keras';
    case 'pytorch':
      return 'pytorch';
    case 'xgboost':
    case 'lightgbm':
    case 'catboost':
      return 'boosting';
    default:
      if (imports.includes('tensorflow') || imports.includes('keras')) return 'keras';
      return imports.includes('torch') ? 'pytorch' : 'sklearn';
  }
}
