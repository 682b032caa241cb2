import type { Container } from 'dockerode';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { workPath } from './containerPaths.ts';
import type { Input, StudyPlacement } from './StudyPlacement.ts';
import type { RunnerPaths } from '../../core/ports/Runtime.ts';

/** Inputs and `work` as they lie on this machine. Only of use where the engine sees the same files: ask `sharesFiles`. */
export function placeByBind(inputs: readonly Input[], work: string, links: readonly string[], source: string): StudyPlacement {
  const mounts = inputs.map(({ from, to }) => ({ Type: 'bind' as const, Source: from, Target: to, ReadOnly: true }));
  const paths: RunnerPaths = { source, work: workPath, links };
  return {
    mounts: [...mounts, { Type: 'bind', Source: work, Target: workPath, ReadOnly: false }],
    paths,
    collect: async () => {},
    dispose: async () => {},
  };
}

/** Whether a container that was made with a bind of `work` sees this machine's files: a new file here is read there. Nothing is run. */
export async function sharesFiles(container: Container, work: string): Promise<boolean> {
  const name = `.probe-${randomUUID()}`;
  const file = join(work, name);
  await writeFile(file, name);
  try {
    const archive = (await container.getArchive({ path: `${workPath}/${name}` })) as Readable;
    for await (const entry of archive.pipe(extract())) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8') === name;
    }
    return false;
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return false;
    throw error;
  } finally {
    await rm(file, { force: true });
  }
}
