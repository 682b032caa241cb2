import { describe } from 'vitest';
import { createDockerSuggester } from '../../../src/adapters/suggester/createDockerSuggester.ts';
import { describeSuggester } from '../../contracts/suggesterContract.ts';
import { dockerDirectory, engineIsAbsent, settings } from './testEngine.ts';

describe.skipIf(await engineIsAbsent())('with a real engine', () => {
  const plan = { study: 'suggester-1', folder: '/nowhere/suggester' };
  describeSuggester('a container', () => createDockerSuggester({ settings, dockerDirectory, host: null, plan }));
});
