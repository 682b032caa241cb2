import { createTwoFilesPatch } from 'diff';
import type { Trial } from '../core/study/Study.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { editedFiles } from './compareStudies.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/** What a trial changed of the source that its study began with, as one unified diff; empty where it changed nothing. */
export async function patchOfTrial(
  ports: { readonly store: HonePorts['store']; readonly spaces: Pick<HonePorts['spaces'], 'edit'> },
  plan: StudyPlan,
  trial: Trial | undefined,
): Promise<string> {
  const edited = trial === undefined ? {} : await editedFiles(ports, plan, trial);
  const patches = Object.entries(edited).map(async ([path, after]) => {
    const before = await ports.store.readSource(plan.folder, plan.study, path);
    const name = plan.root === '' ? path : `${plan.root}/${path}`;
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, '', '').replace(/^=+\n/u, '');
  });
  return (await Promise.all(patches)).join('');
}
