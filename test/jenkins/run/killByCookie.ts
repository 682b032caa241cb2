import { readdirSync, readFileSync } from 'node:fs';

/**
 * Signals every process that carries a variable in its environment, as Jenkins finds what a step or a build has started: also those that
 * left the process group. @returns how many there were
 */
export function killByCookie(name: string, value: string, signal: NodeJS.Signals): number {
  let count = 0;
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid || !carries(pid, `${name}=${value}`)) continue;
    count += 1;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  return count;
}

function carries(pid: number, entry: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry);
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
