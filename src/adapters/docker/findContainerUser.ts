import type Docker from 'dockerode';

/** Nobody in particular, where this machine's users mean nothing in the container. */
const SOMEONE = '1000:1000';

/**
 * The `uid:gid` that scripts run as: the caller's own on Linux, so that files come back as theirs. In a rootless engine that is root,
 * which is the caller outside.
 */
export async function findContainerUser(docker: Docker): Promise<string> {
  if (process.platform !== 'linux' || process.getuid === undefined || process.getgid === undefined) return SOMEONE;
  const { SecurityOptions } = (await docker.info()) as { SecurityOptions?: readonly string[] };
  const rootless = SecurityOptions?.some((option) => option.includes('rootless')) === true;
  return rootless ? '0:0' : `${process.getuid()}:${process.getgid()}`;
}
