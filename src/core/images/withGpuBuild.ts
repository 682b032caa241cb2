import { admitsVersion } from './admitsVersion.ts';
import type { Requirement } from './Requirement.ts';

/** What an image with CUDA downloads more, bytes. */
export const GPU_DOWNLOAD_BYTES = 3_000_000_000;

/** The oldest series of TensorFlow whose extra `and-cuda` brings CUDA along. */
const TENSORFLOW_WITH_CUDA = '>=2.14';

/** The requirement of a package's build for GPUs, where the given one is of its build for processors; else the same. */
export function withGpuBuild(requirement: Requirement): Requirement {
  const { name, specifier, marker } = requirement;
  switch (name) {
    case 'tensorflow-cpu':
    case 'tensorflow': {
      const version = specifier.replace(/^==/u, '');
      const bringsCuda = !/^\d/u.test(version) || admitsVersion(TENSORFLOW_WITH_CUDA, version);
      return renamed('tensorflow', bringsCuda ? ['and-cuda'] : [], specifier, marker);
    }
    case 'xgboost-cpu':
      return renamed('xgboost', [], specifier, marker);
    case 'torch':
    case 'torchvision':
    case 'torchaudio':
      return renamed(name, requirement.extras, specifier.replace(/\+cpu\b/u, ''), marker);
    default:
      return requirement;
  }
}

function renamed(name: string, extras: readonly string[], specifier: string, marker: string): Requirement {
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  return { text: `${name}${bracket}${specifier}${marker === '' ? '' : `; ${marker}`}`, name, extras, specifier, marker };
}
