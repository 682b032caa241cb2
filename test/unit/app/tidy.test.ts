import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileStudyStore } from '../../../src/adapters/files/FileStudyStore.ts';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';
import { listStored, tidy } from '../../../src/app/tidy.ts';
import { HoneError } from '../../../src/base/HoneError.ts';
import type { StoredImage, StoredVolume } from '../../../src/core/ports/EngineStorage.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';

let folder: string;
let removed: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-tidy-'));
  removed = [];
  writeFileSync(join(folder, 'train.py'), 'fit()\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const store = createFileStudyStore();
const image = (tag: string, used = false): StoredImage => ({ id: tag, name: `hone/keras:${tag}`, bytes: 5, createdAt: 0, used });
const volume = (name: string, parts: Partial<StoredVolume>): StoredVolume => ({
  ...{ name, kind: 'study', folder, bytes: null, createdAt: 0, used: false },
  ...parts,
});

function portsWith(images: readonly StoredImage[], volumes: readonly StoredVolume[] = []): HonePorts {
  const storage = {
    images: async () => images,
    volumes: async () => volumes,
    remove: async (...both: readonly (readonly string[])[]) => {
      removed.push(...both.flat());
      return removed;
    },
  };
  const kindOf = async (path: string) => (path === folder ? 'directory' : null);
  const ports = { store, link: { connect: async () => null }, now: () => 1e12, storage: () => storage, project: { kindOf } };
  return { ...ports, checkEngine: async () => ({ available: false, text: '', next: null }) } as unknown as HonePorts;
}

/** A study that ended, of an image. */
async function addStudy(study: string, tag: string, createdAt: number): Promise<void> {
  const recipe = { repository: 'hone/keras', tag };
  const plan = { study, kind: 'run', folder, root: '', script: 'train.py', image: recipe, createdAt, notes: [], snapshot: [] };
  await store.create(() => plan as unknown as StudyPlan, { folder, study, root: folder, outputs: [], data: [] });
  const journal = createFileStudyStore(() => createdAt).openJournal(folder, study);
  const of = { study, name: null, root: '', script: 'train.py', metric: null, target: null, notes: [] };
  journal.append({ type: 'study-created', kind: 'run', runtime: 'docker', ...of });
  if (createdAt > 0) journal.append({ type: 'study-ended', state: 'complete', reason: null });
  journal.close();
}

describe('what Hone keeps', () => {
  test('is needed where the newest run of a script took it, or something uses it', async () => {
    await addStudy('a-1', 'old', 1);
    await addStudy('a-2', 'new', 2);
    const volumes = [
      volume('cache', { kind: 'downloads' }),
      volume('orphan', { kind: 'downloads', folder: '/gone' }),
      volume('left', {}),
      volume('live', { used: true }),
    ];
    const stored = await listStored(portsWith([image('old'), image('new'), image('live', true)], volumes), folder);
    const needs = [...stored.images, ...stored.volumes].map(({ name, reason, removable }) => [name, reason !== null, removable]);
    expect(needs).toEqual([
      ['hone/keras:old', false, true],
      ['hone/keras:new', true, true],
      ['hone/keras:live', true, false],
      ['cache', true, true],
      ['orphan', false, true],
      ['left', false, true],
      ['live', true, false],
    ]);
    expect(stored.studies.map(({ id, removable }) => [id, removable])).toEqual([
      ['a-2', true],
      ['a-1', true],
    ]);
    expect(stored.studies[0]?.bytes).toBeGreaterThan(100);
  });

  test('goes where it was chosen, but for what is in use or was never listed', async () => {
    await addStudy('a-1', 'old', 1);
    const ports = portsWith([image('old'), image('live', true)], [volume('left', {})]);
    const went = await tidy(ports, folder, {
      images: ['old', 'live', 'mine'],
      volumes: ['left', 'mine'],
      studies: ['a-1', 'b-1'],
    });
    expect(went).toEqual({ images: ['old'], volumes: ['left'], studies: ['a-1'] });
    expect(removed).toEqual(['old', 'left']);
    expect(await store.list(folder)).toEqual([]);
  });

  test('is told of the folder where no engine answers', async () => {
    await addStudy('a-1', 'old', 1);
    const absent = (): never => {
      throw new HoneError('engine-absent', 'Docker is not running.');
    };
    const stored = await listStored({ ...portsWith([]), storage: absent }, folder);
    expect(stored).toMatchObject({ engine: 'Docker is not running.', images: [], studies: [{ id: 'a-1' }] });
  });
});
