import { HoneError } from '../../base/HoneError.ts';

/** What one click can do about a failure. */
export interface Remedy {
  readonly title: string;
  /** A command of Hone or of VS Code. */
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** A failure with a remedy that only the place knows where it came up, as the file to correct. */
export class RemediableError extends HoneError {
  readonly remedy: Remedy;

  constructor(error: HoneError, remedy: Remedy) {
    super(error.code, error.message, error.next === null ? { cause: error } : { cause: error, next: error.next });
    this.remedy = remedy;
  }
}
