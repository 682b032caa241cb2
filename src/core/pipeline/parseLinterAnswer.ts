/** Something that Jenkins does not accept in a pipeline. Line and column count from 1. */
export interface PipelineProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const PROBLEM = /^WorkflowScript: (\d+): (.*?) @ line (\d+), column (\d+)\.?$/gmsu;

/**
 * Reads what the linter of Jenkins answers, which is text and has the status 200 whatever it says. Never throws.
 * @returns the problems, none where the pipeline is accepted; null where it is no answer of a linter
 */
export function parseLinterAnswer(text: string): readonly PipelineProblem[] | null {
  if (/^Jenkinsfile successfully validated\.\s*$/u.test(text)) return [];
  if (/^Jenkinsfile content .* did not contain the 'pipeline' step\s*$/su.test(text)) {
    return [{ line: 1, column: 1, message: 'It has no `pipeline` block.' }];
  }
  const [head, ...rest] = text.split('\n');
  if (head?.startsWith('Errors encountered validating Jenkinsfile') !== true) return null;
  const found = [...text.matchAll(PROBLEM)].map(([, , message = '', line, column]) => ({
    line: Number(line),
    column: Number(column),
    message: message.trim(),
  }));
  return found.length > 0 ? found : [{ line: 1, column: 1, message: rest.join(' ').trim() || 'Jenkins does not accept it.' }];
}
