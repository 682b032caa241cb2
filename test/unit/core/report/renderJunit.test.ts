import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../../../src/core/report/renderJunit.ts';
import type { Study } from '../../../../src/core/study/Study.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

const EVIL = `]]><failure/>"'&\u0000\ud800\n`;

function study(parts: Partial<Study>): Study {
  const trials = [buildTrial({ result: buildMeasurement(0.9) })];
  return buildStudy({ trials, best: 0, endedAt: 5000, state: 'complete', ...parts });
}

describe('renderJunit', () => {
  it('counts a missed target as a failure that names it and the best', () => {
    const xml = renderJunit(study({ state: 'target-missed', target: 0.95, reason: '3 trials are spent.' }), null);
    expect(xml).toContain('tests="2" failures="1" errors="0" skipped="0" time="4.000"');
    expect(xml).toContain('<testcase classname="hone.train.py" name="trains" time="12.000"/>');
    expect(xml).toMatch(
      /name="reaches the target" time="4.000"><failure message="3 trials are spent. The target is accuracy of 95.0 %; the best is 90.0 % on test data."/u,
    );
  });

  it('counts a reached target as passed, and sets none where there is none', () => {
    expect(renderJunit(study({ state: 'target-reached', target: 0.9 }), null)).toContain('tests="2" failures="0"');
    expect(renderJunit(study({}), null)).toContain('tests="1" failures="0"');
  });

  it('counts a failed study as an error, and its target as not judged', () => {
    const xml = renderJunit(study({ state: 'failed', target: 0.9, reason: EVIL }), null);
    expect(xml).toContain('failures="0" errors="1" skipped="1"');
    expect(xml).toContain('<error message="]]&gt;&lt;failure/&gt;&quot;&apos;&amp;\uFFFD\uFFFD&#10;"/>');
  });

  it('counts a value that fell as a failure', () => {
    const against = { study: 'digits-0', value: 0.97, difference: -0.07, noise: 0.01, worse: true };
    expect(renderJunit(study({}), against)).toMatch(
      /name="is no worse than before" time="0.000"><failure message="digits-0 had 97.0 %, this has 90.0 % on test data; chance explains 0.01."/u,
    );
    expect(renderJunit(study({}), { ...against, worse: false })).toContain('tests="2" failures="0"');
  });

  it('takes nothing of a study for markup', () => {
    const trials = [buildTrial({ result: buildMeasurement(0.9), hyperparameters: { [EVIL]: EVIL }, reason: EVIL })];
    const xml = renderJunit(study({ id: EVIL, script: EVIL, image: EVIL, trials }), null);
    expect(xml).not.toMatch(/<failure|\]\]>/u);
    expect(xml).not.toContain('\u0000');
    expect(xml.isWellFormed()).toBe(true);
  });
});
