/** Who takes care of an entry, as its file's name tells. */
export interface Claim {
  readonly id: string;
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** An attempt takes less than a minute: who holds an entry for longer is gone, whatever has its process id now. */
const LEASE_MS = 120_000;

/** The name of the file of an entry that a process takes care of. */
export function claimName(id: string, pid: number, now: number): string {
  return `${id}.${pid}.${now}.json`;
}

/** Who a file's name names; null for a name of another kind. */
export function parseClaim(name: string): Claim | null {
  const match = /^([\da-f]+)\.(\d+)\.(\d+)\.json$/u.exec(name);
  return match === null ? null : { id: match[1] ?? '', pid: Number(match[2]), since: Number(match[3]) };
}

/** Whether nobody takes care of it any more. */
export function isStale({ pid, since }: Claim, now: number): boolean {
  return Math.abs(now - since) > LEASE_MS || !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // It lives, as another user's.
  }
}
