import type { GroovyCall, GroovyNode } from '../groovy/GroovyTree.ts';

/** What is wrong with a pipeline, and on which line. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** `NAME = value` of an environment block. */
export interface Variable {
  readonly name: string;
  readonly value: GroovyNode;
}

/** `always { … }` of a post section. */
export interface PostBlock {
  readonly condition: string;
  readonly steps: readonly GroovyNode[];
}

/** What a pipeline and a stage have in common. */
interface Section {
  readonly line: number;
  /** `any`, `none`, or the calls in its block: `label 'x'`. */
  readonly agent: GroovyNode | null;
  readonly environment: readonly Variable[];
  readonly options: readonly GroovyCall[];
  readonly post: readonly PostBlock[];
}

export interface Stage extends Section {
  readonly name: string;
  /** Conditions, all of which must hold. */
  readonly when: readonly GroovyCall[];
  readonly input: readonly GroovyCall[];
  readonly steps: readonly GroovyNode[] | null;
  readonly stages: readonly Stage[] | null;
  readonly parallel: readonly Stage[] | null;
  readonly matrix: boolean;
}

/** A declarative pipeline. */
export interface Pipeline extends Section {
  readonly parameters: readonly GroovyCall[];
  readonly triggers: readonly GroovyCall[];
  readonly stages: readonly Stage[];
}
