import type { EditorWindow } from './EditorWindow.ts';

export interface EditorOptions {
  /** Settings of this machine. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Absolute path of the extension. */
  readonly extension: string;
}

/** A VS Code that windows are opened in; they share its settings and what it remembers of folders. */
export interface Editor {
  /** Opens a folder by its absolute path, or an empty window. */
  open(folder: string | null): Promise<EditorWindow>;
  /** Ends all of it at once, extension hosts included, as a crash does; it still needs to be closed. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Settings that keep the pictures to what they are about. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  // Its text can then be found by tests.
  'terminal.integrated.gpuAcceleration': 'off',
} as const;
