import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generatePipeline } from '../../src/core/pipeline/generatePipeline.ts';
import type { PipelineKind, PipelineRequest } from '../../src/core/pipeline/PipelineRequest.ts';
import { harmlessRequest } from '../fakes/harmlessRequest.ts';
import { hostileRequest } from '../fakes/hostileRequest.ts';
import type { GroovyFile } from './groovy/GroovyTree.ts';
import { hasGroovy, parseGroovy } from './groovy/parseGroovy.ts';
import { walk } from './groovy/readNode.ts';
import { computedCommands, readPipeline } from './model/readPipeline.ts';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const KINDS: readonly PipelineKind[] = ['single', 'chain'];

/** What Groovy makes of a file of a request; the first request is harmless. */
interface Parsed {
  readonly path: string;
  readonly request: PipelineRequest;
  readonly tree: GroovyFile;
  /** What the same file of the harmless request is. */
  readonly harmless: GroovyFile;
}

describe.skipIf(!hasGroovy)('generated pipelines, to the Groovy that Jenkins embeds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hone-generated-'));
  let parsed: readonly Parsed[] = [];

  beforeAll(() => {
    const requests = [harmlessRequest, ...SEEDS.map(hostileRequest)];
    const files = requests.flatMap((request, index) =>
      KINDS.flatMap((kind) => generatePipeline(kind, request))
        .filter(({ path }) => !path.endsWith('.sh'))
        .map((file) => ({ ...file, request, place: join(folder, String(index), file.path) })),
    );
    for (const { place, text } of files) {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
    const trees = parseGroovy(files.map(({ place }) => place));
    const perRequest = files.length / requests.length;
    parsed = files.map(({ path, request }, index) => ({
      path,
      request,
      tree: trees[index] as GroovyFile,
      harmless: trees[index % perRequest] as GroovyFile,
    }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('parse, and fit the declarative model', () => {
    expect(parsed).toHaveLength((SEEDS.length + 1) * 9);
    for (const { path, tree } of parsed) {
      expect(tree.errors, path).toEqual([]);
      if (path !== 'jenkins/jobs.groovy') expect(readPipeline(tree).problems, path).toEqual([]);
      expect(computedCommands(tree), path).toEqual([]);
    }
  });

  test('are the same code whatever is in them', () => {
    for (const { path, tree, harmless } of parsed) expect(isSameCode(tree, harmless), path).toBe(true);
  });

  test('hold what came from outside as it was', () => {
    for (const { path, request, tree } of parsed) {
      const { directory, script, hone, remote } = request;
      const held = path === 'jenkins/jobs.groovy' ? [remote?.url] : [directory, script, hone];
      expect(textsOf(tree), path).toEqual(expect.arrayContaining(held));
    }
  });
});

function textsOf({ body = [] }: GroovyFile): readonly unknown[] {
  return body.flatMap((statement) => [...walk(statement)]).flatMap((node) => (node.type === 'constant' ? [node.value] : []));
}

/** Whether two trees are one but for places and the texts of requests. */
function isSameCode(tree: unknown, harmless: unknown): boolean {
  if (typeof tree !== 'object' || typeof harmless !== 'object' || tree === null || harmless === null) return tree === harmless;
  if (isText(tree) && isText(harmless) && HARMLESS.some((text) => harmless.value.includes(text))) return true;
  const [keys, wanted] = [Object.keys(tree), Object.keys(harmless)];
  return (
    keys.length === wanted.length &&
    wanted.every((key) => {
      // Where a string stands in quotes is told by its column, which escapes before it on the line move.
      if (['line', 'column', 'quote', 'file'].includes(key)) return true;
      return isSameCode((tree as Record<string, unknown>)[key], (harmless as Record<string, unknown>)[key]);
    })
  );
}

/** The texts of the harmless request that are the repository's or a person's. */
const HARMLESS: readonly string[] = [
  ...[harmlessRequest.directory, harmlessRequest.script, harmlessRequest.hone, harmlessRequest.label],
  ...[...harmlessRequest.to, 'package-index', 'https://example.org/digits.git', 'refs/heads/main'],
];

function isText(node: object): node is { readonly value: string } {
  return 'type' in node && node.type === 'constant' && 'value' in node && typeof node.value === 'string';
}
