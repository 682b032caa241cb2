/** What a layer does to what passes through it. */
export type LayerRole =
  /** Has weights: its output has the size that it is told. */
  | 'weighted'
  /** Keeps the size of its input. */
  | 'pass'
  /** Makes pictures or sequences smaller or larger. */
  | 'pool'
  /** Forgets where things were: flattening, global pooling. */
  | 'flatten'
  /** Gives its output a shape that is written down. */
  | 'reshape'
  /** Joins several inputs. */
  | 'merge'
  /** Wraps a layer that it is given. */
  | 'wrapper';

/** The arguments of a layer that matter, by the names that its framework has for them. */
export interface LayerSignature {
  readonly role: LayerRole;
  /** Names of arguments by position. */
  readonly positions: readonly string[];
  /** Argument name to canonical name, for those that can be tuned. */
  readonly tunable: Readonly<Record<string, string>>;
  /** The argument that is the size of its output. */
  readonly size: string | null;
  /** The argument that must be the size of its input. */
  readonly input: string | null;
}

/** A signature from its parts; arguments are written `name` or `name:canonical`. */
export function signature(
  role: LayerRole,
  positions: string,
  keywords = '',
  ends: { size?: string; input?: string } = {},
): LayerSignature {
  const words = (text: string): [string, string | undefined][] =>
    text
      .split(' ')
      .filter(Boolean)
      .map((word) => [word.split(':')[0] ?? '', word.split(':')[1]]);
  const tunable = [...words(positions), ...words(keywords)].flatMap(([name, canonical]) =>
    canonical === undefined ? [] : [[name, canonical] as const],
  );
  return {
    role,
    positions: words(positions).map(([name]) => name),
    tunable: Object.fromEntries(tunable),
    size: ends.size ?? null,
    input: ends.input ?? null,
  };
}
