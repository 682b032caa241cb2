import type { PipelineRequest } from '../../src/core/pipeline/PipelineRequest.ts';
import { harmlessRequest } from './harmlessRequest.ts';
import { hostileText } from './hostileText.ts';

/** How many texts a hostile request holds. */
export const HOSTILE_TEXTS = 8;

/** A request in which all that may come from outside wants to be code. */
export function hostileRequest(seed: number): PipelineRequest {
  const text = (field: number): string => hostileText(seed * HOSTILE_TEXTS + field);
  return {
    ...harmlessRequest,
    directory: text(0),
    script: text(1),
    hone: text(2),
    label: text(3),
    to: [text(4)],
    indexCredentials: text(5),
    remote: { url: text(6), branch: text(7) },
  };
}
