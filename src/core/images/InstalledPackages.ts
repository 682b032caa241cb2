/** What is installed in the environment that a person runs their scripts in. */
export interface InstalledPackages {
  /** The environment as a person would name it: `.venv`, `/opt/conda/envs/vision`. */
  readonly place: string;
  /** Its Python, `3.10`; null where nothing tells. */
  readonly python: string | null;
  /** Version of each package, by its normalised name. */
  readonly versions: Readonly<Record<string, string>>;
}
