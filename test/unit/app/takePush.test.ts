import { expect, test } from 'vitest';
import { takePush, type TakenPush } from '../../../src/app/takePush.ts';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';
import type { Script } from '../../../src/core/scan/Script.ts';
import type { Configuration } from '../../../src/core/study/Configuration.ts';
import { buildScript } from '../../fakes/buildStudy.ts';

/** What is in a commit. */
interface Commit {
  readonly scripts: readonly Script[];
  readonly configuration?: Configuration;
}

/** What a push from one commit to another means, and which work trees were removed and kept on the way. */
async function take(
  base: Commit,
  commit: Commit,
  paths: readonly string[],
): Promise<
  TakenPush & { readonly ended: readonly string[]; readonly kept: readonly string[]; readonly trees: readonly string[] }
> {
  const [ended, kept, trees]: [string[], string[], string[]] = [[], [], []];
  const at = (path: string): Commit => (path.startsWith('/base') ? base : commit);
  const scriptsAt = (path: string): readonly Script[] => at(path).scripts.filter((script) => path.endsWith(`/${script.path}`));
  const ports = {
    scanner: {
      async *scan({ folder, path, all = false }: { folder: string; path?: string; all?: boolean }) {
        yield* (path === undefined ? at(folder).scripts : scriptsAt(path)).filter(({ trains }) => trains || all);
      },
    },
    project: {
      kindOf: async (path: string) =>
        scriptsAt(path).length > 0 || (path.endsWith('/hone.yaml') && at(path).configuration !== undefined) ? 'file' : null,
      readConfiguration: async (path: string) => at(path).configuration,
    },
    remotes: {
      compare: async () => ({ commit: 'commit', base: 'base', subject: 'Try', author: 'Ada', commits: 1, forced: false, paths }),
      checkOut: async (_: string, wanted: string) => ({ tree: (trees.push(wanted), `/${wanted}`), data: [], absent: [] }),
      tidy: async (_: string, { ended: gone, needed }: { ended: readonly string[]; needed: readonly string[] }) => {
        ended.push(...gone);
        kept.push(...needed);
      },
    },
  } as unknown as HonePorts;
  const arrival = {
    folder: '/folder',
    at: { remote: 'origin', branch: 'main' },
    commit: 'commit',
    seen: null,
    needed: ['/other'],
  };
  return { ...(await takePush(ports, arrival, new AbortController().signal)), ended, kept, trees };
}

const train = buildScript({ path: 'train.py', files: ['train.py', 'lib.py'] });
const other = buildScript({ path: 'other.py', files: ['other.py'] });
const idle = { ...train, trains: false, reason: 'It calls nothing that trains a model.' };

test('what trained before the push and does not any more is told with its reason, beside what still trains', async () => {
  const taken = await take({ scripts: [train, other] }, { scripts: [idle, other] }, ['lib.py', 'other.py']);
  expect(taken.queued).toMatchObject([{ script: 'other.py', tree: '/commit', study: null }]);
  const item = { remote: 'origin', branch: 'main', commit: 'commit', subject: 'Try', script: 'train.py', tree: null };
  expect(taken).toMatchObject({ broken: [{ item, reason: idle.reason }], removed: [] });
  expect(taken.ended).toEqual(['/base']);
});

test('what training now needs other code for counts as broken, too', async () => {
  const taken = await take({ scripts: [train] }, { scripts: [{ ...train, runsDirectly: false }] }, ['train.py']);
  expect(taken).toMatchObject({ queued: [], broken: [{ item: { script: 'train.py' } }] });
});

test('a script that is gone is named, and is no failure', async () => {
  expect(await take({ scripts: [train] }, { scripts: [] }, ['train.py'])).toMatchObject({
    ...{ queued: [], broken: [], removed: ['train.py'] },
  });
});

test('what never trained, what the push does not touch and what hone.yaml only names no longer is not told', async () => {
  const none = { queued: [], broken: [], removed: [] };
  expect(await take({ scripts: [idle] }, { scripts: [idle] }, ['train.py'])).toMatchObject(none);
  expect(await take({ scripts: [train] }, { scripts: [idle] }, ['far.py'])).toMatchObject(none);
  const named = { scripts: [train, other], configuration: { script: 'other.py' } };
  expect(await take({ scripts: [train, other] }, named, ['train.py'])).toMatchObject(none);
});

test('the work trees of what still trains are kept, and the commit before is looked at only where code changed', async () => {
  const taken = await take({ scripts: [train] }, { scripts: [idle] }, ['train.py']);
  expect(taken.ended).toEqual(['/base', '/commit']);
  expect(taken.kept).toEqual(['/other', '/commit', '/other']);
  expect((await take({ scripts: [train] }, { scripts: [train] }, ['README.md'])).trees).toEqual(['commit']);
});
