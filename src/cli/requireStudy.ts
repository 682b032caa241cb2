import { HoneError } from '../base/HoneError.ts';
import { isStudyId } from '../core/study/nextStudyId.ts';
import { nearestName } from '../core/study/nearestName.ts';
import type { CommandContext } from './CommandContext.ts';

/** Passes where a folder has a study of that id. Throws HoneError `not-found` with the nearest one. */
export async function requireStudy({ ports }: Pick<CommandContext, 'ports'>, folder: string, id: string): Promise<void> {
  const ids = await ports.store.list(folder);
  if (ids.includes(id)) return;
  const near = isStudyId(id) ? nearestName(id, ids) : null;
  const next = near === null ? '`hone studies` lists those that there are.' : `Did you mean ${near}?`;
  throw new HoneError('not-found', `There is no study ${id} in ${folder}.`, { next });
}
