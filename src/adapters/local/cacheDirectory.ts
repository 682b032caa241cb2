import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Hone keeps what it can make again, as each system has it. Absolute; it may not be there. */
export function cacheDirectory(): string {
  const { env, platform } = process;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'hone', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'hone');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'hone');
}
