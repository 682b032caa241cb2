import { argumentOf, type Call, type Value } from '../../python/flow/Value.ts';
import type { HyperparameterValue } from '../Assignment.ts';
import { layerArguments } from '../layerArguments.ts';
import type { Layer } from '../layerOf.ts';
import type { Origins } from '../Origins.ts';
import { keyOf } from '../Site.ts';

/** An argument of a layer as it is written: its value where that is known, and the places that it comes from. */
export interface WrittenArgument {
  readonly value: HyperparameterValue | undefined;
  readonly keys: readonly string[];
}

/** Reads the arguments of layers, with other values put in where wanted. */
export class LayerNumbers {
  readonly #written = new Map<Call, ReadonlyMap<string, WrittenArgument>>();
  readonly #origins: Origins;

  constructor(layers: readonly Layer[], origins: Origins, legacy: boolean) {
    this.#origins = origins;
    for (const layer of layers) {
      const args = [...layerArguments(layer, legacy)].map(
        ([name, { given, span }]) => [name, this.#write(given.value, span)] as const,
      );
      this.#written.set(layer.call, new Map(args));
    }
  }

  /** The arguments of a layer by the framework's names. */
  of(call: Call): ReadonlyMap<string, WrittenArgument> {
    return this.#written.get(call) ?? new Map<string, WrittenArgument>();
  }

  /** An argument under any of some names; null where none is given or it is None, and `value` missing where it cannot be told. */
  argument(call: Call, ...names: readonly string[]): WrittenArgument | null {
    for (const name of names) {
      const given = this.of(call).get(name) ?? this.#named(call, name);
      if (given !== null) return given.value === null ? null : given;
    }
    return null;
  }

  #named(call: Call, name: string): WrittenArgument | null {
    const given = argumentOf(call, name);
    return given === null ? null : this.#write(given.value, null);
  }

  #write(value: Value, span: ReturnType<Origins['of']> | null): WrittenArgument {
    const origins = span ?? this.#origins.of(value);
    const keys = origins.map(({ node }) => keyOf(node));
    const [only] = origins;
    const whole = value.kind !== 'sequence' || value.items.every((item) => this.#origins.of(item).length === 1);
    return { value: origins.length === 1 && whole ? only?.value : plainValue(value), keys };
  }
}

/** The value of a literal, or of a sequence of literals, wherever they are written. */
function plainValue(value: Value): HyperparameterValue | undefined {
  if (value.kind === 'literal') return value.value;
  if (value.kind !== 'sequence' || value.open) return undefined;
  const items = value.items.map(plainValue);
  return items.some((item) => item === undefined) ? undefined : (items as HyperparameterValue[]);
}
