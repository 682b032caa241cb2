import type { Hone } from '../app/Hone.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import type { Terminal } from './Terminal.ts';

/** What every command works with. */
export interface CommandContext {
  readonly hone: Hone;
  readonly ports: HonePorts;
  readonly terminal: Terminal;
  /** What follows `--`: the script's own. */
  readonly scriptArguments: readonly string[];
}
