import { beforeEach, describe, expect, it } from 'vitest';
import { HoneError } from '../../../src/base/HoneError.ts';
import { FoundScripts } from '../../../src/vscode/scripts/FoundScripts.ts';
import { buildScript } from '../../fakes/buildStudy.ts';
import { FakeHone } from '../../fakes/FakeHone.ts';

const FOLDER = '/home/ann/digits';

let hone: FakeHone;
let scripts: FoundScripts;
let errors: unknown[];

beforeEach(() => {
  hone = new FakeHone();
  errors = [];
  scripts = new FoundScripts(
    async () => hone,
    (error) => errors.push(error),
  );
});

const paths = (): readonly string[] => scripts.scripts(FOLDER).map(({ path }) => path);

describe('FoundScripts', () => {
  it('lists what trains, by path', async () => {
    hone.scripts = [buildScript({ path: 'b.py' }), buildScript({ path: 'a.py' }), buildScript({ path: 'c.py', trains: false })];
    await scripts.scan(FOLDER);
    expect(paths()).toEqual(['a.py', 'b.py']);
    expect(scripts.state(FOLDER)).toBe('done');
  });

  it('looks at a folder once at a time', async () => {
    await Promise.all([scripts.scan(FOLDER), scripts.scan(FOLDER)]);
    expect(hone.scans).toHaveLength(1);
  });

  it('forgets on a new scan what no longer trains', async () => {
    hone.scripts = [buildScript({ path: 'a.py' }), buildScript({ path: 'b.py' })];
    await scripts.scan(FOLDER);
    hone.scripts = [buildScript({ path: 'b.py' })];
    await scripts.scan(FOLDER);
    expect(paths()).toEqual(['b.py']);
  });

  it('looks at one file only when one file was saved', async () => {
    await scripts.scan(FOLDER);
    hone.scripts = [buildScript({ path: 'train.py' })];
    await scripts.scanFile(FOLDER, 'train.py');
    expect(hone.scans.at(-1)).toEqual({ folder: FOLDER, path: '/home/ann/digits/train.py' });
    expect(paths()).toEqual(['train.py']);
    hone.scripts = [];
    await scripts.scanFile(FOLDER, 'train.py');
    expect(paths()).toEqual([]);
  });

  it('forgets all of a folder that was deleted, and nothing that is only named alike', async () => {
    hone.scripts = ['old/a.py', 'old/b.py', 'older/c.py'].map((path) => buildScript({ path }));
    await scripts.scan(FOLDER);
    scripts.forget(FOLDER, 'old');
    expect(paths()).toEqual(['older/c.py']);
  });

  it('says that it failed and reports why, but is quiet about a cancellation', async () => {
    hone.failure = new HoneError('cancelled', 'No.');
    await scripts.scan(FOLDER);
    expect(scripts.state(FOLDER)).toBe('failed');
    expect(errors).toEqual([]);
    hone.failure = new HoneError('unreadable-source', 'The folder cannot be read.');
    await scripts.scan(FOLDER);
    expect(errors).toEqual([hone.failure]);
  });
});
