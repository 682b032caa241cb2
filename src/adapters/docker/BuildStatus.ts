import { readWireFields } from './protobufWire.ts';

/** A step of a build as BuildKit tells it. */
export interface BuildStep {
  readonly digest: string;
  /** `[stage 3/7] RUN pip install …` */
  readonly name: string;
  readonly completed: boolean;
  /** Empty where nothing went wrong. */
  readonly error: string;
}

/** What changed in a build: steps, and output of steps. */
export interface BuildStatus {
  readonly steps: readonly BuildStep[];
  readonly output: readonly { readonly step: string; readonly text: string }[];
}

/** Reads a `moby.buildkit.trace` message (StatusResponse in BuildKit's control.proto). */
export function parseBuildStatus(message: Buffer): BuildStatus {
  const fields = [...readWireFields(message)];
  return {
    steps: fields.filter(({ field }) => field === 1).map(({ bytes }) => parseStep(bytes)),
    output: fields.filter(({ field }) => field === 3).map(({ bytes }) => parseOutput(bytes)),
  };
}

function parseStep(message: Buffer): BuildStep {
  const fields = [...readWireFields(message)];
  const text = (number: number): string => fields.find(({ field }) => field === number)?.bytes.toString('utf8') ?? '';
  return { digest: text(1), name: text(3), completed: fields.some(({ field }) => field === 6), error: text(7) };
}

function parseOutput(message: Buffer): { step: string; text: string } {
  const fields = [...readWireFields(message)];
  const text = (number: number): string => fields.find(({ field }) => field === number)?.bytes.toString('utf8') ?? '';
  return { step: text(1), text: text(4) };
}
