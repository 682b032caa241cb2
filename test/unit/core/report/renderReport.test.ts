import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../../src/core/report/renderReport.ts';
import { viewStudy } from '../../../../src/core/report/viewStudy.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

const EVIL = `<script>alert("1")</script>'&`;

function report(patch = ''): string {
  const trials = [
    buildTrial({ number: 0, result: buildMeasurement(0.88) }),
    buildTrial({ number: 1, result: buildMeasurement(0.97), hyperparameters: { [EVIL]: EVIL }, origin: EVIL }),
  ];
  const metric = { name: EVIL, data: 'test', source: 'hook', direction: 'maximize' } as const;
  const study = buildStudy({
    kind: 'study',
    name: EVIL,
    note: EVIL,
    script: EVIL,
    reason: EVIL,
    image: EVIL,
    metric,
    trials,
    best: 1,
    target: 0.95,
  });
  return renderReport(viewStudy(study, { search: null, status: EVIL }), patch);
}

describe('renderReport', () => {
  it('takes nothing of a study for markup', () => {
    const page = report(EVIL);
    expect(page).not.toMatch(/<script/u);
    expect(page.split('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;').length).toBeGreaterThan(8);
  });

  it('needs no other file, and says so to the browser', () => {
    const page = report();
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/\b(?:src|href)=|url\(|@import/u);
  });

  it('lists the best trial first, and shows the change only where there is one', () => {
    const rows = report().split('<tbody>')[1]?.match(/<tr.*/gu) ?? [];
    expect(rows[0]).toContain('1 (best)');
    expect(rows[1]).toContain('0 (baseline)');
    expect(report()).not.toContain('The change');
    expect(report('+gamma = 1')).toContain('<pre>+gamma = 1</pre>');
  });

  it('shows what made a difference in words and as bars, and takes none of it for markup', () => {
    const study = viewStudy(buildStudy({}), { search: null, status: '' });
    const shares = [{ label: EVIL, share: 0.625, text: EVIL }];
    const page = renderReport({ ...study, importance: { shares, note: EVIL } }, '');
    expect(page).toContain('<h2>What made a difference</h2>');
    expect(page).toContain('<rect class="trial" width="62.5" height="8"/>');
    expect(page).not.toMatch(/<script/u);
    expect(renderReport(study, '')).not.toContain('What made a difference');
  });

  it('draws the best so far as steps, and the target', () => {
    expect(report()).toMatch(/class="best" d="M64 [\d.]+ H784 V[\d.]+"/u);
    expect(report()).toContain('class="target"');
  });
});
