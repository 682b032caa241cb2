import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createLocalSuggester } from '../../../src/adapters/suggester/createLocalSuggester.ts';
import { withRandomFallback } from '../../../src/adapters/suggester/withRandomFallback.ts';
import { describeSuggester } from '../../contracts/suggesterContract.ts';
import { dockerDirectory, settings } from '../docker/testEngine.ts';
import { buildDimension } from '../../fakes/buildPlan.ts';

const interpreter = process.env['HONE_TEST_PYTHON'];
const environmentsDirectory = mkdtempSync(join(tmpdir(), 'hone-suggester-'));
afterAll(() => rmSync(environmentsDirectory, { recursive: true }));

describe.skipIf(interpreter === undefined)('the local suggester', () => {
  const options = { settings, dockerDirectory, interpreter: interpreter ?? null, environmentsDirectory };
  describeSuggester('a process of a virtual environment', () => createLocalSuggester(options));

  test('draws at random where Optuna cannot be installed, and says so', async () => {
    const unreachable = { ...settings, indexUrl: 'http://127.0.0.1:9/simple', extraIndexUrls: [], wheels: null };
    const nowhere = { ...options, settings: unreachable, environmentsDirectory: join(environmentsDirectory, 'other') };
    const suggester = withRandomFallback(createLocalSuggester(nowhere));
    const request = {
      strategy: 'tpe',
      dimensions: [buildDimension()],
      direction: 'maximize',
      seed: 1,
      trial: 1,
      history: [],
    } as const;
    const answer = await suggester.suggest(request, new AbortController().signal);
    expect(answer.note).toMatch(/^at random, since Optuna is not there: .*index/is);
    expect(answer.assignment).toEqual((await suggester.suggest(request, new AbortController().signal)).assignment);
    await suggester.dispose();
  });
});
