import type { Language, Tree } from 'web-tree-sitter';
import type { SyntaxNode } from './SyntaxNode.ts';

const PUNCTUATION = new Set([
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '.',
  ';',
  '=',
  'comment',
  'line_continuation',
  'string_start',
  'string_content',
  'string_end',
]);
const LEAVES = new Set(['identifier', 'integer', 'float', 'true', 'false', 'none', 'dotted_name']);
/** Nodes between two looks at the clock. */
const CHECK_EVERY = 4096;

/**
 * Copies trees out of the parser's memory. Each question to a cursor crosses into WebAssembly, so as few as possible are asked:
 * what a type is called and whether it is named come from tables.
 */
export class TreeCopier {
  readonly #types: readonly string[];
  readonly #fields: readonly (string | null)[];
  readonly #named: readonly boolean[];
  readonly #skipped: ReadonlySet<number>;
  readonly #leaves: ReadonlySet<number>;

  constructor(language: Language) {
    this.#types = language.types;
    this.#fields = language.fields;
    this.#named = language.types.map((_, id) => language.nodeTypeIsNamed(id));
    const idsOf = (names: ReadonlySet<string>): Set<number> =>
      new Set(language.types.flatMap((name, id) => (names.has(name) ? [id] : [])));
    this.#skipped = idsOf(PUNCTUATION);
    this.#leaves = idsOf(LEAVES);
  }

  /**
   * Copies without recursion, so that any depth of nesting is safe; punctuation and comments are left out. `base` is added to
   * offsets. Null where the time is up.
   */
  copy(tree: Tree, base: number, isOverdue: () => boolean): SyntaxNode | null {
    const cursor = tree.walk();
    const broken = tree.rootNode.hasError;
    const root = this.#node(cursor, cursor.nodeTypeId, 0, base, broken);
    const parents: SyntaxNode[] = [root];
    let moved = cursor.gotoFirstChild();
    for (let count = 1; moved; count++) {
      if (count % CHECK_EVERY === 0 && isOverdue()) break;
      const type = cursor.nodeTypeId;
      if (!this.#skipped.has(type) || (broken && cursor.nodeIsMissing)) {
        const copy = this.#node(cursor, type, parents.length, base, broken);
        parents.at(-1)?.children.push(copy);
        if (!this.#leaves.has(type) && cursor.gotoFirstChild()) {
          parents.push(copy);
          continue;
        }
      }
      moved = cursor.gotoNextSibling();
      while (!moved && parents.length > 1) {
        parents.pop();
        cursor.gotoParent();
        moved = cursor.gotoNextSibling();
      }
    }
    cursor.delete();
    return moved ? null : root;
  }

  #node(cursor: ReturnType<Tree['walk']>, type: number, depth: number, base: number, broken: boolean): SyntaxNode {
    return {
      type: this.#types[type] ?? 'ERROR',
      field: this.#fields[cursor.currentFieldId] ?? null,
      named: this.#named[type] ?? true,
      missing: broken && cursor.nodeIsMissing,
      start: cursor.startIndex + base,
      end: cursor.endIndex + base,
      depth,
      children: [],
    };
  }
}
