/** How an option is given among the words of a command line. */
export interface GivenArgument {
  /** As the script spells it: `--lr`. */
  readonly option: string;
  /** Null for an option that takes no value. */
  readonly text: string | null;
}

/** Whether the words of a command line give an option, by any of its names: `--lr 0.1`, `--lr=0.1`, `-b32`. The last one counts. */
export function givenArgument(options: readonly string[], words: readonly string[]): GivenArgument | null {
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index] ?? '';
    for (const option of options.filter((name) => name.startsWith('-'))) {
      if (word === option) return { option, text: valueAfter(words[index + 1]) };
      if (word.startsWith(`${option}=`)) return { option, text: word.slice(option.length + 1) };
      if (/^-[^-]$/u.test(option) && word.startsWith(option)) return { option, text: word.slice(2) };
    }
  }
  return null;
}

function valueAfter(word: string | undefined): string | null {
  return word === undefined || /^-(?![\d.])/u.test(word) ? null : word;
}
