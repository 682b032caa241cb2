import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Docker engine of the tests' own, that may be killed: in a network namespace of its own, so that this machine's bridge is left alone. */
export class OwnEngine {
  readonly host: string;
  readonly #directory = mkdtempSync(join(tmpdir(), 'hone-dockerd-'));
  readonly #liveRestore: boolean;
  #process: ChildProcess | null = null;

  /** Whether this machine can have one. */
  static get isPossible(): boolean {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
    try {
      for (const program of ['dockerd', 'unshare']) execFileSync('which', [program], { stdio: 'ignore' });
      execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  constructor(liveRestore: boolean) {
    this.#liveRestore = liveRestore;
    this.host = `unix://${join(this.#directory, 's.sock')}`;
  }

  /** Starts it, or starts it again; resolves when it answers. */
  async start(): Promise<void> {
    const at = (name: string): string => join(this.#directory, name);
    // Their owners were killed, and may be there still as processes that nobody waits for.
    for (const name of ['pid', 'exec/containerd/containerd.pid']) rmSync(at(name), { force: true });
    const places = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid'), '-H', this.host];
    const live = this.#liveRestore ? ['--live-restore'] : [];
    this.#process = spawn('unshare', ['-n', 'dockerd', ...places, ...live], { stdio: 'ignore', detached: true });
    for (let tries = 0; !this.#answers(); tries++) {
      if (tries === 150) throw new Error('The engine of these tests does not answer.');
      await sleep(200);
    }
  }

  /** Copies an image from this machine's engine. */
  copyImage(image: string): void {
    const load = `docker save '${image}' | docker -H '${this.host}' load`;
    execFileSync('sh', ['-c', load], { stdio: 'ignore' });
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.#process?.once('exit', resolve));
    this.#process?.kill('SIGKILL');
    await ended;
  }

  /** Ends it with all that it started. */
  async dispose(): Promise<void> {
    const ended = new Promise((resolve) => this.#process?.once('exit', resolve));
    this.#process?.kill('SIGTERM');
    await Promise.race([ended, sleep(10_000)]);
    const containerd = join(this.#directory, 'exec', 'containerd', 'containerd.pid');
    if (existsSync(containerd)) signal(Number(readFileSync(containerd, 'utf8')));
    for (const line of execFileSync('cat', ['/proc/mounts'], { encoding: 'utf8' }).split('\n').toReversed()) {
      const place = line.split(' ')[1] ?? '';
      if (place.startsWith(this.#directory)) execFileSync('umount', ['-l', place]);
    }
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5 });
  }

  #answers(): boolean {
    try {
      execFileSync('docker', ['-H', this.host, 'version'], { stdio: 'ignore', timeout: 2000 });
      return true;
    } catch {
      return false;
    }
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It went with its engine.
  }
}
