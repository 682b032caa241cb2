/** Where a container engine listens, and how it was found. */
export interface EngineEndpoint {
  /** As DOCKER_HOST spells it: `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://host:2376`, `ssh://host`. */
  readonly host: string;
  /** Folder with ca.pem, cert.pem and key.pem; null without TLS. */
  readonly certificates: string | null;
  /** What named it, for messages: `DOCKER_HOST`, `the Docker context "remote"`, … */
  readonly origin: string;
}
