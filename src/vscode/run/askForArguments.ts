import { window } from 'vscode';
import { splitArguments } from '../../core/study/splitArguments.ts';

export interface Answer {
  /** As it was typed. */
  readonly line: string;
  readonly words: readonly string[];
  /** Whether hone.yaml shall keep them. */
  readonly keep: boolean;
}

/** Asks for the arguments of a script and whether to keep them; null where nobody answers. */
export async function askForArguments(script: string, missing: readonly string[], before?: string): Promise<Answer | null> {
  const title = `Hone: arguments of ${script}`;
  const line = await window.showInputBox({
    title,
    prompt: 'As on the command line; quotes keep words together.',
    value: before ?? beginning(missing),
    ignoreFocusOut: true,
    validateInput: (text) => (splitArguments(text) === null ? 'A quote is not closed.' : undefined),
  });
  const words = line === undefined ? null : splitArguments(line);
  if (line === undefined || words === null) return null;
  const keep = { label: '$(save) Keep in hone.yaml', description: 'every later run has them, too', keep: true };
  const once = { label: '$(play) Only This Time', keep: false };
  const picked = await window.showQuickPick([keep, once], { title, placeHolder: line, ignoreFocusOut: true });
  return picked === undefined ? null : { line, words, keep: picked.keep };
}

/** The first option that is missing, to be typed on; nothing where it is given by its place. */
function beginning([first = '']: readonly string[]): string {
  return first.startsWith('-') ? `${first} ` : '';
}
