import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_IDS } from '../../../src/vscode/commands/CommandId.ts';
import { DEFAULT_SETTINGS, parseSettings, SETTING_KEYS } from '../../../src/vscode/settings/EditorSettings.ts';
import { CONTEXT_KEYS } from '../../../src/vscode/setup/contextValues.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const { contributes, icon } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const text = JSON.stringify(contributes);

describe('package.json and the code', () => {
  it('agree on the commands', () => {
    const contributed = contributes.commands.map(({ command }: { command: string }) => command);
    expect([...contributed].sort()).toEqual([...COMMAND_IDS].sort());
  });

  it('agree on the settings and their defaults', () => {
    const { properties } = contributes.configuration;
    expect(Object.keys(properties).sort()).toEqual(Object.values(SETTING_KEYS).sort());
    expect(parseSettings((key) => properties[key].default)).toEqual(DEFAULT_SETTINGS);
  });

  it('agree on the words of `when` clauses', () => {
    const used = [...text.matchAll(/"when":"([^"]*(?:\\.[^"]*)*)"/g)].flatMap(
      ([, clause = '']) => clause.match(/\bhone\.\w+/g) ?? [],
    );
    const views = ['hone.scripts', 'hone.results'];
    expect(new Set(used.filter((word) => !views.includes(word)))).toEqual(new Set(CONTEXT_KEYS));
  });

  it('link in welcome texts and the walkthrough only to commands that exist', () => {
    const linked = [...text.matchAll(/\(command:(hone\.[\w.]+)/g)].map(([, id]) => id);
    expect(linked.length).toBeGreaterThan(5);
    const ofViews = ['hone.scripts.focus', 'hone.results.focus']; // made by VS Code
    expect(linked.filter((id = '') => ![...COMMAND_IDS, ...ofViews].includes(id))).toEqual([]);
  });

  it('name only files that are there', () => {
    const named = [icon, ...[...text.matchAll(/"(media\/[^"]+)"/g)].map(([, path]) => path)];
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('parseSettings', () => {
  const parse = (values: Record<string, unknown>) => parseSettings((key) => values[key]);

  it('takes what is blank, or of the wrong type, as unset', () => {
    expect(parse({ 'hone.runtime': 'cloud', 'hone.python': '  ', 'hone.docker.host': 7 })).toEqual(DEFAULT_SETTINGS);
  });

  it('tells an empty PyTorch index, the package index, from none', () => {
    expect(parse({ 'hone.images.torchIndexUrl': '' }).images.torchIndexUrl).toBe('');
    expect(parse({}).images.torchIndexUrl).toBeNull();
  });

  it('trims what was pasted', () => {
    expect(parse({ 'hone.images.indexUrl': ' https://index.example/simple\n' }).images.indexUrl).toBe(
      'https://index.example/simple',
    );
  });
});
