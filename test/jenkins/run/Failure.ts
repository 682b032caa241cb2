/** Results of Jenkins, from best to worst. */
export const RESULTS = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED'] as const;
export type Result = (typeof RESULTS)[number];

/** What ends a pipeline's steps before their end, with the result that it stands for. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly result: Result = 'FAILURE',
  ) {
    super(message);
  }
}

/** The worse of two results. */
export function worseOf(one: Result, other: Result): Result {
  return RESULTS.indexOf(one) > RESULTS.indexOf(other) ? one : other;
}
