import { Hover, languages, MarkdownString } from 'vscode';
import type { Disposable } from '../../base/DisposableStore.ts';
import type { SourceRange } from '../../core/python/SourceRange.ts';
import type { SearchSpace } from '../../core/space/SearchSpace.ts';
import { explainFixed, explainHyperparameter } from './describeHyperparameter.ts';
import type { Inspections } from './Inspections.ts';
import { rangeIn } from './rangeIn.ts';

/** Tells of a value under the pointer what Hone would do with it, or why it leaves it alone; silent on everything else. */
export function registerHovers(inspections: Inspections): Disposable {
  return languages.registerHoverProvider(
    { language: 'python' },
    {
      async provideHover(document, position): Promise<Hover | null> {
        const place = inspections.locate(document);
        const inspection = place === null ? null : await inspections.of(place.file);
        if (place === null || inspection === null) return null;
        const { space } = inspection;
        const found = explain(space, (source) => rangeIn(document, place, source)?.contains(position) === true);
        const range = found === null ? null : rangeIn(document, place, found.source);
        return found === null || range === null ? null : new Hover(render(found.lines), range);
      },
    },
  );
}

interface Explained {
  readonly source: SourceRange;
  readonly lines: readonly string[];
}

function explain({ script, hyperparameters, fixed }: SearchSpace, isUnder: (source: SourceRange) => boolean): Explained | null {
  for (const hyperparameter of hyperparameters) {
    const source = hyperparameter.edits.find(isUnder);
    if (source !== undefined) return { source, lines: explainHyperparameter(hyperparameter, script) };
  }
  const value = fixed.find(isUnder);
  return value === undefined ? null : { source: value, lines: explainFixed(value) };
}

/** Names and values are the file's own text, and never markup. */
function render([title = '', ...lines]: readonly string[]): MarkdownString {
  return new MarkdownString([`**${escape(title)}**`, ...lines.map(escape)].join('\n\n'));
}

/** `appendText` would do, but for the blanks, which it keeps from being broken at. */
function escape(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~&$:@]/gu, '\\$&');
}
