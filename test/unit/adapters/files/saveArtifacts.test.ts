import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveArtifacts } from '../../../../src/adapters/files/saveArtifacts.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hone-save-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text = path): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const save = (overwrite = false) => saveArtifacts(join(folder, 'from'), { target: join(folder, 'to'), overwrite });
const read = (path: string): string => readFileSync(join(folder, 'to', path), 'utf8');

describe('the files that a script wrote', () => {
  test('are saved with their folders, and the target made', async () => {
    write('from/model.h5');
    write('from/plots/loss.png');
    expect(await save()).toMatchObject({ saved: ['model.h5', 'plots/loss.png'], existing: [], refused: [] });
    expect(read('plots/loss.png')).toBe('from/plots/loss.png');
    expect(readdirSync(join(folder, 'to'))).toEqual(['model.h5', 'plots']);
  });

  test('replace nothing unless they may', async () => {
    write('from/model.h5', 'new');
    write('to/model.h5', 'mine');
    expect(await save()).toMatchObject({ saved: [], existing: ['model.h5'] });
    expect(read('model.h5')).toBe('mine');
    expect(await save(true)).toMatchObject({ saved: ['model.h5'], existing: [] });
    expect(read('model.h5')).toBe('new');
  });

  test.each([true, false])('go through no link and over no folder, replacing: %s', async (overwrite) => {
    write('from/plots/loss.png');
    write('from/model.h5');
    write('from/log');
    write('outside/kept');
    mkdirSync(join(folder, 'to/log'), { recursive: true });
    symlinkSync(join(folder, 'outside'), join(folder, 'to/plots'));
    symlinkSync(join(folder, 'outside/kept'), join(folder, 'to/model.h5'));
    expect(await save(overwrite)).toMatchObject({ saved: [], existing: [], refused: ['log', 'model.h5', 'plots/loss.png'] });
    expect(readdirSync(join(folder, 'outside'))).toEqual(['kept']);
    expect(readFileSync(join(folder, 'outside/kept'), 'utf8')).toBe('outside/kept');
  });

  test('are put nowhere where a tool would obey them', async () => {
    write('from/.git/hooks/pre-commit');
    write('from/sub/.vscode/tasks.json');
    expect(await save(true)).toMatchObject({ saved: [], refused: ['.git/hooks/pre-commit', 'sub/.vscode/tasks.json'] });
    expect(existsSync(join(folder, 'to/.git'))).toBe(false);
  });
});
