/** What the generated files depend on, beside the kind of pipeline. */
export interface PipelineRequest {
  /** Where the folder lies in its repository, with `/`; '' at its root. */
  readonly directory: string;
  /** Path of the script relative to the folder, with `/`. */
  readonly script: string;
  /** What studies are called, before the part that stands for the state of the code: a valid id, at most 40 characters. */
  readonly name: string;
  /** Where `hone` comes from, as the parameter HONE spells it, where a build names nothing else. */
  readonly hone: string;
  /** Label expression of the agents; '' for any. */
  readonly label: string;
  /** Who gets the mails; Jenkins' default recipients where empty. */
  readonly to: readonly string[];
  /** How many GPUs a training holds; null for none. */
  readonly gpus: 'all' | number | null;
  /** Id of a credential, a secret text, with the address of a private package index; null for none. */
  readonly indexCredentials: string | null;
  /** Where the repository is fetched from; null where it has no remote. */
  readonly remote: PipelineRemote | null;
}

/** A repository as Jenkins is to fetch it. */
export interface PipelineRemote {
  /** Without a name or password in it. */
  readonly url: string;
  readonly branch: string;
}

/** A file of the pipeline. */
export interface GeneratedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

export type PipelineKind = 'single' | 'chain';
