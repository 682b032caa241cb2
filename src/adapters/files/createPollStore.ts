import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PollStore } from '../../core/ports/PollStore.ts';
import { parsePollState } from '../../core/study/PollState.ts';
import { prepareFolder } from './prepareFolder.ts';
import { translateFileError } from './translateFileError.ts';

/** Keeps it in `.hone/poll.json`. */
export function createPollStore(): PollStore {
  return {
    read: async (folder) => parsePollState(await readFile(pathIn(folder), 'utf8').catch(() => '')),
    async write(folder, state) {
      const path = pathIn(folder);
      const draft = `${path}.${randomUUID()}`;
      try {
        await prepareFolder(folder);
        const file = await open(draft, 'wx');
        try {
          await file.writeFile(`${JSON.stringify(state, null, 1)}\n`);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw translateFileError(error, path);
      }
    },
  };
}

function pathIn(folder: string): string {
  return join(folder, '.hone', 'poll.json');
}
