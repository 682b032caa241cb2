/** The `when` keys of package.json and what they mean. */
export interface ContextValues {
  /** Whether anybody has looked for scripts yet. */
  readonly 'hone.scan': 'never' | 'scanning' | 'done' | 'failed';
  readonly 'hone.findsScripts': boolean;
  readonly 'hone.hasResults': boolean;
  readonly 'hone.isRunning': boolean;
  /** Absolute paths, for the button above the editor. */
  readonly 'hone.trainingFiles': readonly string[];
  /** Whether a container engine answers. */
  readonly 'hone.engine': 'unknown' | 'present' | 'absent';
}

export const CONTEXT_KEYS = [
  'hone.scan',
  'hone.findsScripts',
  'hone.hasResults',
  'hone.isRunning',
  'hone.trainingFiles',
  'hone.engine',
] as const satisfies readonly (keyof ContextValues)[];
