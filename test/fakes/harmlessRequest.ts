import type { PipelineRequest } from '../../src/core/pipeline/PipelineRequest.ts';

/** A request with nothing out of the ordinary in it. */
export const harmlessRequest: PipelineRequest = {
  directory: 'models/digits',
  script: 'train.py',
  name: 'digits',
  hone: 'hone-ml@0.1.0',
  label: 'docker',
  to: ['someone@example.org'],
  gpus: 2,
  indexCredentials: 'package-index',
  remote: { url: 'https://example.org/digits.git', branch: 'main' },
};
