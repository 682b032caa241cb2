import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeSource } from '../../../../src/core/python/decodeSource.ts';
import { createParseSyntax, type ParseSyntax } from '../../../../src/core/python/parseSyntax.ts';
import { readModule } from '../../../../src/core/python/readModule.ts';
import { analyzeScript, unreadableScript } from '../../../../src/core/scan/analyzeScript.ts';
import type { Script } from '../../../../src/core/scan/Script.ts';

const require = createRequire(import.meta.url);
let parser: Promise<ParseSyntax> | undefined;

/** The grammar, loaded once a test file. */
export function loadParser(): Promise<ParseSyntax> {
  parser ??= createParseSyntax({
    runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    python: readFileSync(join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm')),
  });
  return parser;
}

/** Folder of the scan fixtures. */
export const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../../fixtures/scan');

/** Analyses a text as the scanner would; `modules` are the texts of modules beside it. */
export async function analyzeText(
  text: string,
  path = 'script.py',
  modules: Readonly<Record<string, string>> = {},
): Promise<Script> {
  const parse = await loadParser();
  const read = readModule(path, text, parse, () => false, true);
  if ('problem' in read) return unreadableScript(path, read.problem);
  const parsed = new Map(
    Object.entries(modules).map(([name, body]) => [name, readModule(`${name}.py`, body, parse, () => false)]),
  );
  const resolveModule = (name: string): ReturnType<Parameters<typeof analyzeScript>[1]['resolveModule']> => {
    const found = parsed.get(name);
    return found !== undefined && 'module' in found ? found.module : null;
  };
  return analyzeScript(read.module, { resolveModule, isOverdue: () => false });
}

/** Analyses a fixture by its name. */
export async function analyzeFixture(name: string): Promise<Script> {
  return analyzeText(decodeSource(readFileSync(join(FIXTURES, 'scripts', name))).text, name);
}
