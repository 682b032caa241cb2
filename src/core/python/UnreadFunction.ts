import type { Expression, FunctionStatement, Parameter, Statement } from './Ast.ts';
import type { Source } from './Source.ts';

/** A function whose body is read when somebody first asks for it. */
export class UnreadFunction implements FunctionStatement {
  readonly kind = 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  #body: readonly Statement[] | null = null;
  readonly #bodyStart: number;
  readonly #read: () => readonly Statement[];

  /** `head` is the function without its body, which ends at `end`. */
  constructor(head: FunctionStatement, bodyStart: number, end: number, read: () => readonly Statement[]) {
    this.name = head.name;
    this.parameters = head.parameters;
    this.decorators = head.decorators;
    this.source = head.source;
    this.start = head.start;
    this.end = end;
    this.#bodyStart = bodyStart;
    this.#read = read;
  }

  get body(): readonly Statement[] {
    return (this.#body ??= this.#read());
  }

  /** The text of the body while nobody has asked for it; null afterwards. */
  get unread(): string | null {
    return this.#body === null ? this.source.text.slice(this.#bodyStart, this.end) : null;
  }
}
