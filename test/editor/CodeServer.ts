import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a built code-server is: HONE_CODE_SERVER, else the cache that the test set-up fills; null where there is none. */
export function findCodeServer(): string | null {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const path = process.env['HONE_CODE_SERVER'] ?? join(cache, 'hone-ci', 'code-server', 'node_modules', 'code-server');
  return existsSync(join(path, 'lib', 'vscode', 'out', 'server-main.js')) ? path : null;
}

/** The server of a real VS Code workbench and extension host, for a browser to connect to. */
export class CodeServer {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #data: string;

  private constructor(port: number, child: ChildProcess, data: string) {
    this.port = port;
    this.#process = child;
    this.#data = data;
  }

  /** Starts one with these settings of the machine. `environment` reaches the extension host. */
  static async start(
    settings: Readonly<Record<string, unknown>>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<CodeServer> {
    const path = findCodeServer();
    if (path === null) throw new Error('There is no built code-server.');
    const data = await mkdtemp(join(tmpdir(), 'hone-editor-'));
    await mkdir(join(data, 'data', 'Machine'), { recursive: true });
    await writeFile(join(data, 'data', 'Machine', 'settings.json'), JSON.stringify(settings));
    const port = await freePort();
    const flags = [
      '--without-connection-token',
      '--accept-server-license-terms',
      '--telemetry-level',
      'off',
      '--enable-smoke-test-driver',
    ];
    const main = join(path, 'lib', 'vscode', 'out', 'server-main.js');
    const args = [main, '--host', '127.0.0.1', '--port', String(port), '--server-data-dir', data, ...flags];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // A group of its own, which can be killed as one.
    });
    const server = new CodeServer(port, child, data);
    await server.#listening();
    return server;
  }

  /** The address of a window on a folder, with the extension under development in it and, where given, a module of tests. */
  address(folder: string | null, extension: string, tests?: string): string {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${this.port}${path}`;
    const payload = [['extensionDevelopmentPath', remote(extension)]];
    if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
    const open = folder === null ? 'ew=true' : `folder=${encodeURIComponent(folder)}`;
    return `http://127.0.0.1:${this.port}/?${open}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  }

  /** Ends it and its extension hosts at once, as a crash does. */
  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    process.kill(-(this.#process.pid ?? 0), 'SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    if (this.#process.signalCode === null) {
      const ended = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#process.kill();
      await ended;
    }
    await rm(this.#data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async #listening(): Promise<void> {
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`code-server did not start:\n${said}`)), 30_000);
      const read = (chunk: Buffer): void => {
        said += chunk.toString();
        if (!said.includes('Extension host agent listening')) return;
        clearTimeout(timer);
        resolve();
      };
      this.#process.stdout?.on('data', read);
      this.#process.stderr?.on('data', read);
      this.#process.once('exit', (code) => reject(new Error(`code-server ended with ${code}:\n${said}`)));
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
