import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { applyAssignment } from '../../../src/core/space/applyAssignment.ts';
import { locateCells } from '../../../src/core/space/locateCells.ts';
import { extremeAssignment, randomAssignment, randomFrom, randomStructure } from '../../unit/core/space/randomAssignment.ts';
import { fixtureText, spaceOf } from '../../unit/core/space/readSpace.ts';
import { documentOf, hasDocker, hone, makeProject } from '../commandLine/honeProcess.ts';
import { TORCH_PROJECT } from '../commandLine/torchProject.ts';

const TIMEOUT_MS = 900_000;
const KERAS = [
  'keras_autoencoder.py',
  'keras_branches.py',
  'keras_functional_crlf.py',
  'keras_layers_list.py',
  'keras_merged.py',
  'keras_nested.py',
  'keras_notebook.ipynb',
  'keras_residual.py',
  'keras_sequences.py',
];
const TORCH = ['torch_cnn.py', 'torch_residual.py', 'torch_sequential_crlf.py', 'torch_sequential_pictures.py'];

const program = (name: string): string => readFileSync(join(fileURLToPath(new URL('.', import.meta.url)), name), 'utf8');

/** For each script all values at one end of their ranges, then at the other, then random assignments; with the code that they make. */
async function variantsOf(scripts: readonly string[], count: number): Promise<{ script: string; code: string }[]> {
  const random = randomFrom(3);
  const spaces = await Promise.all(scripts.map((script) => spaceOf(fixtureText(script), script)));
  return Array.from({ length: count }, (_, index) => {
    const script = scripts[index % scripts.length] ?? '';
    const space = spaces[index % scripts.length];
    if (space === undefined) throw new Error(`${script} was not read.`);
    const round = Math.floor(index / scripts.length);
    const assignment =
      round < 2
        ? extremeAssignment(space, round === 0)
        : { ...randomAssignment(space, random), ...randomStructure(space, random) };
    const text = fixtureText(script);
    const edited = applyAssignment(space, assignment, () => text).get(script) ?? text;
    return { script, assignment, code: script.endsWith('.ipynb') ? codeOfCells(edited) : edited };
  });
}

function codeOfCells(text: string): string {
  return [...locateCells(text).values()].map((cell) => cell.text.replace(/^(?:[%!].*|# A .*\n.*)$/gmu, '')).join('\n');
}

describe.skipIf(!hasDocker)('every combination that a space offers builds its model and takes a batch', () => {
  const cases = [
    { framework: 'Keras', scripts: KERAS, count: 117, files: { 'train.py': program('build_keras.py') } },
    { framework: 'PyTorch', scripts: TORCH, count: 183, files: { ...TORCH_PROJECT, 'train.py': program('build_torch.py') } },
  ];
  test.each(cases)('in $framework', { timeout: TIMEOUT_MS }, async ({ scripts, count, files }) => {
    const variants = await variantsOf(scripts, count);
    const folder = makeProject({ ...files, 'variants.json': JSON.stringify(variants) });
    const result = await hone(folder, 'train', '--json', '--runtime', 'docker');
    const document = documentOf(result);
    const log = readFileSync(join(folder, '.hone/studies', document.study, 'trials/0/output.log'), 'utf8');
    expect(log.match(/^(?:FAILED|NOT TRAINED).*$/gmu) ?? [], result.stderr.slice(-2000)).toEqual([]);
    expect(log).toContain(`built ${count} of ${count}`);
  });
});
