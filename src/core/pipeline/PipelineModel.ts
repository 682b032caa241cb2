/**
 * A declarative Jenkins pipeline as data. It can say only what the generator needs, so that no text from outside becomes code: strings are
 * literals, and the names of steps, arguments and variables are identifiers.
 */
export interface PipelineModel {
  readonly agent: Agent;
  readonly options: readonly Step[];
  readonly triggers?: readonly Step[];
  readonly parameters?: readonly Step[];
  /** Variables of the whole build. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stages: readonly Stage[];
  readonly post?: Post;
}

/** Where it runs. The loss of an agent, and nothing else, begins what ran there again. */
export interface Agent {
  /** Label expression; '' for any. */
  readonly label: string;
  /** How often it is begun at most. */
  readonly attempts: number;
  /** Folder below the agent's root that several jobs share. */
  readonly workspace: string;
}

export interface Stage {
  readonly name: string;
  readonly options?: readonly Step[];
  /** The stage runs only where all of these hold. */
  readonly when?: readonly FileCondition[];
  readonly steps: readonly Step[];
}

/** Whether a file is there. Its path is relative to the workspace. */
export interface FileCondition {
  readonly file: string;
  readonly exists: boolean;
}

/** Steps at the end, by the build's result; `cleanup` is last. */
export type Post = Readonly<
  Partial<Record<'always' | 'failure' | 'success' | 'unstable' | 'unsuccessful' | 'cleanup', readonly Step[]>>
>;

/** A step, an option, a trigger or a parameter: `sh('…')`, `junit(testResults: '…')`, `dir('…') { … }`. */
export interface Step {
  readonly call: string;
  /** The one nameless argument. */
  readonly argument?: Value;
  readonly named?: Readonly<Record<string, Value>>;
  /** What a block has in it. */
  readonly steps?: readonly Step[];
}

/** A literal, a list, a call such as `lastCompleted()`, or a variable of the build. */
export type Value = string | number | boolean | readonly Value[] | Step | Variable;

/** `env.NAME`, or a name that Jenkins itself gives, such as `scm`. */
export interface Variable {
  readonly of: 'env' | null;
  readonly name: string;
}
