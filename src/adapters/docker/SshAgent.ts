import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/** Reaches an engine as the docker command does over ssh://: each connection is `docker system dial-stdio` on the other machine. */
export class SshAgent extends Agent {
  readonly #target: URL;

  constructor(target: URL) {
    super();
    this.#target = target;
  }

  override createConnection(): Duplex {
    const { username, hostname, port } = this.#target;
    const arguments_ = [
      ...(username ? ['-l', username] : []),
      ...(port ? ['-p', port] : []),
      '-o',
      'BatchMode=yes',
      '-T',
      '--',
      hostname,
    ];
    const child = spawn('ssh', [...arguments_, 'docker', 'system', 'dial-stdio'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const connection = Duplex.from({ readable: child.stdout, writable: child.stdin });
    child.on('error', (error) => connection.destroy(error));
    connection.on('close', () => child.kill());
    // The HTTP client calls these on what it takes for a socket.
    return Object.assign(connection, {
      setKeepAlive: () => connection,
      setNoDelay: () => connection,
      setTimeout: () => connection,
      ref: () => connection,
      unref: () => connection,
    });
  }
}
