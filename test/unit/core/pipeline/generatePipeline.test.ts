import { describe, expect, it } from 'vitest';
import { generatePipeline } from '../../../../src/core/pipeline/generatePipeline.ts';
import { harmlessRequest as harmless } from '../../../fakes/harmlessRequest.ts';
import { HOSTILE_TEXTS, hostileRequest } from '../../../fakes/hostileRequest.ts';

const KINDS = ['single', 'chain'] as const;

/** A Groovy text with each literal in single quotes as `''`: what is left is code. */
function codeOf(text: string): string {
  return text.replace(/'(?:[^'\\\n]|\\.)*'/gu, "''");
}

describe.each(KINDS)('a %s pipeline', (kind) => {
  it('has the same code whatever 10,000 texts are in it', () => {
    const expected = generatePipeline(kind, harmless).map(({ path, text }) => [path, codeOf(text)]);
    for (let seed = 0; seed < 10_000 / HOSTILE_TEXTS; seed++) {
      const files = generatePipeline(kind, hostileRequest(seed));
      for (const [index, { path, text }] of files.entries()) {
        if (codeOf(text) !== expected[index]?.[1]) expect([path, codeOf(text)]).toEqual(expected[index]);
      }
    }
  }, 60_000);

  it('runs only constant text in sh, in single quotes', () => {
    for (const { text, path } of generatePipeline(kind, hostileRequest(1))) {
      if (!path.includes('Jenkinsfile')) continue;
      const commands = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => codeOf(line).startsWith('sh'));
      expect(commands).not.toEqual([]);
      for (const command of commands) expect(command).toMatch(/^sh\('sh jenkins\/hone\.sh [a-z]+'\)$/u);
    }
  });
});

describe('a single pipeline', () => {
  const [first] = generatePipeline('single', harmless);
  const text = first?.text ?? '';

  it('holds the GPUs only while it trains', () => {
    expect(text.match(/lock\(.*\)/gu)).toEqual(["lock(label: 'gpu', quantity: 2)", "lock(label: 'gpu', quantity: 2)"]);
    expect(generatePipeline('single', { ...harmless, gpus: null })[0]?.text).not.toContain('lock(');
  });

  it('shows the credentials of the index to the stages that install or train, and to no other', () => {
    const stages = text.split(/stage\('/u).slice(1);
    const bound = stages.filter((stage) => stage.includes('withCredentials')).map((stage) => stage.slice(0, stage.indexOf("'")));
    expect(bound).toEqual(['Image', 'Train', 'Tune']);
    expect(generatePipeline('single', { ...harmless, indexCredentials: null })[0]?.text).not.toContain('withCredentials');
  });

  it('is the same where nothing changed', () => {
    expect(generatePipeline('single', harmless)).toEqual(generatePipeline('single', { ...harmless }));
  });
});
