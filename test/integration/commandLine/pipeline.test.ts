import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hone, makeProject } from './honeProcess.ts';

const SCRIPT = `from sklearn.datasets import load_digits
from sklearn.svm import SVC

X, y = load_digits(return_X_y=True)
print("Test accuracy:", SVC(C=0.1).fit(X[:900], y[:900]).score(X[900:], y[900:]))
`;

/** What a repository can call things. */
const HOSTILE = {
  folder: "a'b\\u0027); sh 'evil' #$(evil)`evil`",
  script: '-\'; evil() "${evil}" #.py',
  branch: "x';evil()${evil}",
  url: "https://ada:secret@example.org/'evil'.git",
  configured: ["o'hara@example.org", '${evil}@example.org'],
  typed: ["ada@example.org'; evil()", '${SCRIPT,evil}@example.org', "o'neill@example.org"],
};

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
}

/** A repository with one committed script in a folder of it. */
function makeRepository(folder: string, script: string, branch: string): { readonly top: string; readonly place: string } {
  const top = makeProject({});
  const place = join(top, folder);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, script), SCRIPT);
  git(top, 'init', '--quiet', `--initial-branch=${branch}`);
  git(top, 'config', 'user.name', 'Ada');
  git(top, 'config', 'user.email', 'ada@example.org');
  git(top, 'add', '-A');
  git(top, 'commit', '--quiet', '-m', 'first');
  return { top, place };
}

/** What is left of a Groovy text without its literals and comments. */
function codeOf(text: string): string {
  return text.replace(/'(?:[^'\\\n]|\\.)*'/gu, "''").replace(/^\s*\/\/.*$/gmu, '');
}

test.each(['single', 'chain'])('hostile names stay within the literals of a %s pipeline', async (kind) => {
  const { top, place } = makeRepository(HOSTILE.folder, HOSTILE.script, HOSTILE.branch);
  git(top, 'remote', 'add', 'origin', HOSTILE.url);
  writeFileSync(join(place, 'hone.yaml'), `notify: { to: ${JSON.stringify(HOSTILE.configured)} }\n`);
  const { code, stdout, stderr } = await hone(place, 'pipeline', '--kind', kind, '--write', '--json');
  expect(code, stderr).toBe(0);
  const { files, notes } = JSON.parse(stdout) as { files: string[]; notes: string[] };
  const texts = files.filter((path) => /Jenkinsfile|groovy$/u.test(path)).map((path) => readFileSync(join(place, path), 'utf8'));
  expect(texts).toHaveLength(kind === 'single' ? 2 : 7);
  for (const text of texts) {
    expect(codeOf(text)).not.toMatch(/evil|"|\$|\\/u);
    expect(text).not.toContain('secret');
  }
  const all = texts.join('\n');
  expect(all).toContain("to: 'o\\'hara@example.org',");
  expect(all).toContain("HONE_SCRIPT = './-\\'; evil() \\\"${evil}\\\" #.py'");
  expect(all.includes("branch('refs/heads/x\\';evil()${evil}')")).toBe(kind === 'chain');
  const refusal = (address: string): string => `${JSON.stringify(address)} is no plain mail address, so it gets no mail.`;
  expect(notes).toEqual([refusal(HOSTILE.configured[1] ?? '')]);
  const typed = await hone(place, 'pipeline', '--write', '--json', '--mail-to', ...HOSTILE.typed);
  expect(JSON.parse(typed.stdout)).toMatchObject({ notes: HOSTILE.typed.slice(0, 2).map(refusal) });
  expect(typed.stdout).toContain("to: 'o\\\\'neill@example.org',");
});

test('--commit makes one commit of the files alone, and leaves what else is changed or staged', async () => {
  const { top, place } = makeRepository('models', 'train.py', 'main');
  writeFileSync(join(top, 'staged.txt'), 'staged\n');
  git(top, 'add', 'staged.txt');
  writeFileSync(join(place, 'train.py'), `${SCRIPT}# changed\n`);
  const { code, stdout, stderr } = await hone(place, 'pipeline', '--commit', '--json');
  expect(code, stderr).toBe(0);
  const { commit, files } = JSON.parse(stdout) as { commit: string; files: string[] };
  expect(git(top, 'rev-parse', 'HEAD').trim()).toBe(commit);
  expect(git(top, 'rev-list', '--count', 'HEAD').trim()).toBe('2');
  const committed = git(top, 'show', '--name-only', '--format=', 'HEAD').trim().split('\n');
  expect(committed).toEqual(files.map((path) => `models/${path}`).toSorted());
  expect(git(top, 'status', '--porcelain')).toBe(' M models/train.py\nA  staged.txt\n');
  const again = await hone(place, 'pipeline', '--commit', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ changed: [], commit: null });
});

test('without --write it shows the diff and writes nothing', async () => {
  const { top, place } = makeRepository('models', 'train.py', 'main');
  const { code, stdout } = await hone(place, 'pipeline');
  expect(code).toBe(0);
  expect(stdout).toContain('+++ b/Jenkinsfile\n');
  expect(git(top, 'status', '--porcelain')).toBe('');
});

test('what was asked once holds the next time, and what a person changed stays', async () => {
  const { place } = makeRepository('models', 'train.py', 'main');
  await hone(place, 'pipeline', '--write', '--label', 'gpu-box', '--hone', './tools/hone.tgz');
  const path = join(place, 'Jenkinsfile');
  const edited = readFileSync(path, 'utf8').replace('H/15', 'H/3');
  writeFileSync(path, edited);
  await hone(place, 'pipeline', '--write');
  expect(readFileSync(path, 'utf8')).toBe(edited);
  const { stderr } = await hone(place, 'pipeline', '--write', '--label', 'other');
  expect(readFileSync(path, 'utf8')).toBe(edited.replace("'gpu-box'", "'other'"));
  expect(stderr).toContain('Wrote Jenkinsfile, Jenkinsfile.monitor, jenkins/generated.json.');
});

test('a Jenkinsfile that Hone did not make is never overwritten, and none of the other files is written', async () => {
  const { top, place } = makeRepository('.', 'train.py', 'main');
  writeFileSync(join(place, 'Jenkinsfile'), 'node { }\n');
  const { code, stderr } = await hone(place, 'pipeline', '--write');
  expect(code).toBe(2);
  expect(stderr.trim()).toBe(
    'hone: Jenkinsfile was not generated by Hone, so it is left alone. Move it away, then generate again and take over what you need of it.',
  );
  expect(git(top, 'status', '--porcelain')).toBe('?? Jenkinsfile\n');
});
