import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModule } from '../../../../src/core/python/readModule.ts';
import type { ResolveData } from '../../../../src/core/python/flow/Interpreter.ts';
import type { Module } from '../../../../src/core/python/Ast.ts';
import { analyzeSpace } from '../../../../src/core/space/analyzeSpace.ts';
import type { SearchSpace } from '../../../../src/core/space/SearchSpace.ts';
import { loadParser } from '../scan/readFixture.ts';

/** Folder of the fixtures of search spaces. */
export const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../../fixtures/space');

/** The space of a text, as the reader would find it; `modules` are the texts of modules beside it. */
export async function spaceOf(
  text: string,
  path = 'script.py',
  modules: Readonly<Record<string, string>> = {},
  resolveData: ResolveData = () => null,
  words: readonly string[] = [],
): Promise<SearchSpace> {
  const parse = await loadParser();
  const read = (name: string, body: string): Module => {
    const found = readModule(name, body, parse, () => false);
    if ('problem' in found) throw new Error(found.problem);
    return found.module;
  };
  const parsed = new Map(Object.entries(modules).map(([name, body]) => [name, read(`${name}.py`, body)]));
  return analyzeSpace(read(path, text), {
    resolveModule: (name) => parsed.get(name) ?? null,
    resolveData,
    words,
    isOverdue: () => false,
  });
}

/** What a space offers, `name=value` in the order of the text. */
export async function offered(text: string, modules: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { hyperparameters } = await spaceOf(text, 'script.py', modules);
  return hyperparameters.map(({ name, value }) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

/** What a space keeps as it is, `name=value`. */
export async function fixedValues(text: string): Promise<string[]> {
  const { fixed } = await spaceOf(text);
  return fixed.map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
}

/** The text of a fixture. */
export function fixtureText(name: string): string {
  return readFileSync(join(FIXTURES, 'scripts', name), 'utf8');
}
