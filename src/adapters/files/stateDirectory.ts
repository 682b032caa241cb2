import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Hone keeps what belongs to the user and to no folder, as each system has it. Absolute; it may not be there. */
export function stateDirectory(): string {
  const { env, platform } = process;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'hone', 'State');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'hone');
  return join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'hone');
}
