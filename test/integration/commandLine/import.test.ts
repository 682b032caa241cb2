import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentOf, hone, makeProject, testPython } from './honeProcess.ts';
import { expectSoundJournal, journalOf, LOCAL, OUT_OF_REACH, TREE } from './tunedProject.ts';

const PACK = 'import os, shutil, sys; shutil.make_archive(sys.argv[1], sys.argv[2], sys.argv[3])';

describe.skipIf(testPython === undefined)('a study that was archived elsewhere', () => {
  let origin: string;
  const studyIn = (folder: string, id = 'mine'): string => join(folder, '.hone', 'studies', id);

  beforeAll(async () => {
    origin = makeProject({ 'train.py': TREE });
    const tuned = await hone(origin, 'tune', ...OUT_OF_REACH, '--trials', '3', '--study', 'mine', ...LOCAL);
    expect(tuned.code, tuned.stderr).toBe(3);
  });

  function packed(kind: 'zip' | 'gztar' | 'tar', from = origin): string {
    const name = join(dirname(makeProject({})), 'study');
    execFileSync('python3', ['-c', PACK, name, kind, from]);
    return `${name}.${{ zip: 'zip', gztar: 'tar.gz', tar: 'tar' }[kind]}`;
  }

  test.each(['folder', 'zip', 'gztar', 'tar'] as const)('is brought here from a %s, whole and sound', async (kind) => {
    const folder = makeProject({ 'train.py': TREE });
    const result = await hone(folder, 'import', kind === 'folder' ? studyIn(origin) : packed(kind), '--json');
    expect(result.code, result.stderr).toBe(0);
    expect(JSON.parse(result.stdout)).toEqual({ version: 1, studies: [{ study: 'mine', from: 'mine' }] });
    const [here, there] = [
      documentOf(await hone(folder, 'show', 'mine', '--json')),
      documentOf(await hone(origin, 'show', 'mine', '--json')),
    ];
    expect(here).toEqual(there);
    expectSoundJournal(folder, 'mine');
    const diff = await hone(folder, 'apply', 'mine', '--dry-run');
    expect(diff.stdout, diff.stderr).toContain('+++ b/train.py');
  });

  test('gets another id where its own is in use', async () => {
    const result = await hone(origin, 'import', studyIn(origin));
    expect(result.stdout).toContain('mine is here as mine-2: there was one of its id already.');
    expect(documentOf(await hone(origin, 'show', 'mine-2', '--json'))).toMatchObject({ study: 'mine-2', state: 'target-missed' });
    expectSoundJournal(origin, 'mine-2');
  });

  test('that had not ended neither starts by itself nor goes on, unless a person says so', async () => {
    const copy = makeProject({});
    cpSync(studyIn(origin), join(copy, 'mine'), { recursive: true });
    const journal = join(copy, 'mine', 'journal.jsonl');
    const lines = readFileSync(journal, 'utf8').split('\n');
    const second = lines.findIndex((line) => line.includes('"trial-ended"') && line.includes('"trial":1,')) + 1;
    writeFileSync(journal, `${lines.slice(0, second).join('\n')}\n`);

    const looked = makeProject({ 'train.py': TREE });
    expect((await hone(looked, 'import', join(copy, 'mine'))).code).toBe(0);
    expect(documentOf(await hone(looked, 'show', 'mine', '--json'))).toMatchObject({
      state: 'cancelled',
      reason: 'It had not ended when it was imported.',
    });
    expect(JSON.parse(readFileSync(join(studyIn(looked), 'plan.json'), 'utf8'))).toMatchObject({
      data: [],
      network: false,
      interpreter: null,
    });

    const goesOn = makeProject({ 'train.py': TREE });
    expect((await hone(goesOn, 'import', join(copy, 'mine'), '--continue')).code).toBe(0);
    expect(journalOf(goesOn, 'mine').at(-1)).toMatchObject({ type: 'request', request: 'pause' });
    expect((await hone(goesOn, 'monitor', '--once')).code).toBe(0);
    expect(journalOf(goesOn, 'mine').at(-1)).toMatchObject({ request: 'pause' });
    const again = await hone(goesOn, 'import', join(copy, 'mine'), '--continue');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('There is a study mine already');
    const tuned = await hone(goesOn, 'tune', '--study', 'mine', '--json');
    expect(tuned.code, tuned.stderr).toBe(3);
    expect(documentOf(tuned).trials).toHaveLength(3);
    expect(
      journalOf(goesOn, 'mine').filter((event) => event.type === 'trial-started' && event.trial === 0 && event.repeat === 0),
    ).toHaveLength(1);
  });

  test.each<[string, string, (study: string) => void]>([
    ['journal.jsonl', 'none that is understood', (study) => writeFileSync(join(study, 'journal.jsonl'), '{}\n')],
    ['plan.json', 'none that is understood', (study) => writeFileSync(join(study, 'plan.json'), '{"version":1}')],
    [
      'a path that leads outside',
      'none that is understood',
      (study) => change(join(study, 'plan.json'), '"path": "train.py"', '"path": "../../train.py"'),
    ],
    ['the source', 'not what it was', (study) => change(join(study, 'source', 'train.py'), 'import', 'import os, ')],
    ['no source', 'absent', (study) => rmSync(join(study, 'source'), { recursive: true })],
    ['a source that is a link', 'absent', (study) => link(join(study, 'source', 'train.py'), '/etc/passwd')],
  ])('is refused where %s is wrong, and nothing is left of it', async (_, why, damage) => {
    const copy = join(makeProject({}), 'mine');
    cpSync(studyIn(origin), copy, { recursive: true });
    damage(copy);
    const folder = makeProject({});
    const result = await hone(folder, 'import', copy);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(why);
    expect(existsSync(studyIn(folder))).toBe(false);
    expect(JSON.parse((await hone(folder, 'studies', '--json')).stdout)).toMatchObject({ studies: [] });
  });

  test('leaves links of its trials behind', async () => {
    const copy = join(makeProject({}), 'mine');
    cpSync(studyIn(origin), copy, { recursive: true });
    symlinkSync('/etc/passwd', join(copy, 'trials', '0', 'secret'));
    const folder = makeProject({});
    expect((await hone(folder, 'import', copy)).code).toBe(0);
    expect(existsSync(join(studyIn(folder), 'trials', '0', 'output.log'))).toBe(true);
    expect(existsSync(join(studyIn(folder), 'trials', '0', 'secret'))).toBe(false);
  });

  test('is asked for by what there is', async () => {
    const folder = makeProject({ 'note.txt': 'no archive', 'empty/a.txt': '' });
    expect((await hone(folder, 'import', 'absent')).stderr).toContain(`There is nothing at`);
    expect((await hone(folder, 'import', 'note.txt')).stderr).toMatch(/cannot be unpacked: it is neither a zip nor a tar file/u);
    expect((await hone(folder, 'import', 'empty')).stderr).toContain(`${basename(folder)}/empty holds no study.`);
  });
});

function change(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replaceAll(from, to));
}

function link(path: string, target: string): void {
  rmSync(path);
  symlinkSync(target, path);
}
