import type { PipelineProblem } from '../pipeline/parseLinterAnswer.ts';

/** A Jenkins controller, and who asks it. */
export interface JenkinsLogin {
  /** Address of the controller: `https://ci.example.org/jenkins`. */
  readonly url: string;
  readonly user: string;
  /** API token; a secret. */
  readonly token: string;
}

/** The linter of a Jenkins controller: it says what it does not accept in a declarative pipeline, and runs nothing. */
export interface JenkinsLinter {
  /** @throws HoneError `usage` where the controller cannot be reached, refuses, or has no linter; it never names the token */
  validate(login: JenkinsLogin, jenkinsfile: string, signal: AbortSignal): Promise<readonly PipelineProblem[]>;
}
