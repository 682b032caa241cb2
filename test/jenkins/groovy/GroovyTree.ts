/** Where a node begins in its file; both count from 1, and are -1 where the parser made it up. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A file as `dumpAst.groovy` tells it. */
export interface GroovyFile {
  readonly file: string;
  readonly errors: readonly { readonly message: string; readonly line: number }[];
  readonly imports?: readonly string[];
  readonly annotations?: readonly string[];
  readonly methods?: readonly string[];
  readonly classes?: readonly string[];
  readonly body?: readonly GroovyNode[];
}

export type GroovyCall = Extract<GroovyNode, { readonly type: 'call' }>;
export type GroovyClosure = Extract<GroovyNode, { readonly type: 'closure' }>;

/** A statement or an expression of Groovy. `quote` is how a string is written: null for a bare word. */
export type GroovyNode = Place &
  (
    | { readonly type: 'block'; readonly body: readonly GroovyNode[] }
    | { readonly type: 'expression'; readonly value: GroovyNode; readonly label: string | null }
    | { readonly type: 'return' | 'throw' | 'not' | 'minus'; readonly value: GroovyNode }
    | {
        readonly type: 'if' | 'ternary';
        readonly condition: GroovyNode;
        readonly then: GroovyNode;
        readonly otherwise: GroovyNode | null;
      }
    | {
        readonly type: 'try';
        readonly body: GroovyNode;
        readonly catches: readonly { readonly variable: string; readonly kind: string; readonly body: GroovyNode }[];
        readonly last: GroovyNode | null;
      }
    | { readonly type: 'constant'; readonly value: string | number | boolean | null; readonly quote: string | null }
    | { readonly type: 'gstring'; readonly strings: readonly string[]; readonly values: readonly GroovyNode[] }
    | { readonly type: 'declaration'; readonly name: string | null; readonly value: GroovyNode }
    | { readonly type: 'binary'; readonly operator: string; readonly left: GroovyNode; readonly right: GroovyNode }
    | { readonly type: 'elvis'; readonly value: GroovyNode; readonly otherwise: GroovyNode }
    | {
        readonly type: 'call';
        readonly object: GroovyNode | null;
        readonly method: GroovyNode;
        readonly arguments: readonly GroovyNode[];
        readonly named: boolean;
        readonly safe: boolean;
      }
    | { readonly type: 'closure'; readonly parameters: readonly string[]; readonly body: GroovyNode }
    | { readonly type: 'map'; readonly entries: readonly GroovyNode[] }
    | { readonly type: 'entry'; readonly key: GroovyNode; readonly value: GroovyNode }
    | { readonly type: 'list'; readonly items: readonly GroovyNode[] }
    | { readonly type: 'property'; readonly object: GroovyNode; readonly name: GroovyNode; readonly safe: boolean }
    | { readonly type: 'variable'; readonly name: string }
    | { readonly type: 'cast'; readonly kind: string; readonly value: GroovyNode }
    | { readonly type: 'other'; readonly kind: string }
  );
