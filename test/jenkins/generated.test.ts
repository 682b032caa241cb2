import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { generatePipeline } from '../../src/core/pipeline/generatePipeline.ts';
import { groovyString } from '../../src/core/pipeline/groovyString.ts';
import type { PipelineRequest } from '../../src/core/pipeline/PipelineRequest.ts';
import { seededRandom } from '../../src/core/study/policy/seededRandom.ts';
import type { GroovyFile, GroovyNode } from './groovy/GroovyTree.ts';
import { hasGroovy, parseGroovy } from './groovy/parseGroovy.ts';
import { argumentsOf, bareCall, expressionOf, walk } from './groovy/readNode.ts';
import { computedCommands, readPipeline } from './model/readPipeline.ts';

const PLAIN: PipelineRequest = {
  directory: '',
  script: 'train.py',
  name: 'digits',
  hone: 'hone',
  label: '',
  to: [],
  gpus: null,
  indexCredentials: null,
  remote: { url: 'https://example.org/digits.git', branch: 'main' },
};

/** What a repository could call things to become code. */
const HOSTILE: PipelineRequest = {
  directory: String.raw`a'b\u0027); sh 'evil' #$(evil)`,
  script: `'; evil() "\${evil()}" #.py`,
  name: 'digits',
  hone: `hone'; evil(); '`,
  label: `a'); evil('`,
  to: [`o'hara@example.org`, `\${evil}@example.org`],
  gpus: 2,
  indexCredentials: `id'); evil('`,
  remote: { url: `https://example.org/'evil'.git`, branch: `x';evil()\${evil}\n` },
};

const PARTS = [
  `'`,
  `"`,
  '\\',
  '$',
  '{',
  '}',
  `'''`,
  '\\u0027',
  '\n',
  '\r',
  '\0',
  '\u2028',
  '/*',
  '//',
  '${a}',
  'é',
  '😀',
  '\ud800',
  'sh ',
  'x',
  ' ',
];

describe.skipIf(!hasGroovy)('generated pipelines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hone-generated-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function parse(texts: Readonly<Record<string, string>>): readonly GroovyFile[] {
    const paths = Object.entries(texts).map(([path, text]) => {
      const place = join(folder, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
      return place;
    });
    return parseGroovy(paths);
  }

  const filesOf = (kind: 'single' | 'chain', request: PipelineRequest): Readonly<Record<string, string>> =>
    Object.fromEntries(generatePipeline(kind, request).flatMap(({ path, text }) => (path.endsWith('.sh') ? [] : [[path, text]])));

  const nodesOf = ({ body = [] }: GroovyFile): readonly GroovyNode[] => body.flatMap((statement) => [...walk(statement)]);

  test.each([
    ['single', PLAIN],
    ['chain', PLAIN],
    ['single', HOSTILE],
    ['chain', HOSTILE],
  ] as const)('of the kind %s are declarative pipelines, whatever names they hold', (kind, request) => {
    for (const tree of parse(filesOf(kind, request))) {
      expect(tree.errors, tree.file).toEqual([]);
      if (!tree.file.endsWith('jobs.groovy')) expect(readPipeline(tree).problems, tree.file).toEqual([]);
      expect(computedCommands(tree)).toEqual([]);
      const nodes = nodesOf(tree);
      expect(nodes.filter(({ type }) => type === 'gstring')).toEqual([]);
      const names = nodes.flatMap((node) => (node.type === 'variable' ? [node.name] : []));
      expect(names.filter((name) => name.includes('evil'))).toEqual([]);
      const bare = nodes.flatMap((node) => (node.type === 'constant' && node.quote === null ? [String(node.value)] : []));
      expect(bare.filter((word) => word.includes('evil'))).toEqual([]);
    }
  });

  test('have the same shape whatever names they hold', () => {
    const shape = (tree: GroovyFile): readonly string[] => nodesOf(tree).map((node) => node.type);
    const harmless = {
      ...HOSTILE,
      directory: 'models',
      script: 'a.py',
      hone: 'hone',
      label: 'a',
      to: ['a@b.c'],
      indexCredentials: 'id',
    };
    for (const kind of ['single', 'chain'] as const)
      expect(parse(filesOf(kind, HOSTILE)).map(shape)).toEqual(parse(filesOf(kind, harmless)).map(shape));
  });

  test('10,000 strings are read by Groovy as what they are', () => {
    const random = seededRandom(7);
    const pick = (): string => PARTS[Math.floor(random() * PARTS.length)] ?? '';
    const strings = Array.from({ length: 10_000 }, () => Array.from({ length: 1 + Math.floor(random() * 12) }, pick).join(''));
    // A method may not hold more than so many constants.
    const lines = Array.from(
      { length: 100 },
      (_, row) =>
        `row(${strings
          .slice(row * 100, row * 100 + 100)
          .map(groovyString)
          .join(', ')})`,
    );
    const [tree] = parse({ 'strings.groovy': lines.join('\n') });
    expect(tree?.errors).toEqual([]);
    const calls = (tree?.body ?? []).map((statement) => bareCall(statement));
    const read = calls.flatMap((call) => (call === null ? [] : argumentsOf(call).positional.map((node) => expressionOf(node))));
    expect(read.every(({ type }) => type === 'constant')).toBe(true);
    expect(read.map((node) => (node.type === 'constant' ? node.value : null))).toEqual(strings);
  });
});
