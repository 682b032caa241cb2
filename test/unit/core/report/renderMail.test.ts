import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { describeNotice } from '../../../../src/core/report/describeNotice.ts';
import type { Mail } from '../../../../src/core/report/Mail.ts';
import type { Notice } from '../../../../src/core/report/owedNotices.ts';
import { renderMail } from '../../../../src/core/report/renderMail.ts';
import type { Study } from '../../../../src/core/study/Study.ts';
import { buildSearch, buildDimension } from '../../../fakes/buildPlan.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

const HOSTILE = '</td><script>alert(1)</script>\r\nBcc: eve@example.org\u202Efdp';

const study: Partial<Study> = {
  kind: 'study',
  state: 'target-reached',
  target: 0.95,
  best: 2,
  endedAt: 90_000,
  activeMs: 89_000,
  trials: [
    buildTrial({ number: 0, result: buildMeasurement(0.913) }),
    buildTrial({ number: 1, result: buildMeasurement(0.902), hyperparameters: { 'fit.learning_rate': 0.1 } }),
    buildTrial({ number: 2, result: buildMeasurement(0.972), hyperparameters: { 'fit.learning_rate': 0.01 } }),
  ],
  confirmation: { trial: 2, mean: 0.968, low: 0.961, high: 0.975, seeds: 3, attempt: 1, identical: false, interval: null },
};

function mailOf(changes: Partial<Study> = {}, notice: Partial<Notice> = {}, patch = '--- a/train.py\n+++ b/train.py\n'): Mail {
  const found = buildStudy({ ...study, ...changes });
  const kind = found.state === 'running' || found.state === 'paused' || found.state === 'cancelled' ? 'restarted' : found.state;
  const search = buildSearch({ dimensions: [buildDimension({ value: 0.001 })] });
  const content = describeNotice({ study: found, search, notice: { kind, sequence: 9, dueAt: 0, interruptions: [], ...notice } });
  return renderMail({ content, folder: 'digits', patch, patchName: found.id, facts: {} });
}

describe('a mail', () => {
  test('tells the value against target and baseline, what changed, and what to do, as text and as HTML', () => {
    const { subject, text, html } = mailOf();
    expect(subject).toBe('Hone: digits-1 reached its target: accuracy 96.8 %, target 95.0 %');
    for (const form of [text, html]) {
      for (const part of [
        '97.2 % by trial 2, confirmed',
        'target 95.0 %',
        'baseline 91.3 %',
        'fit.learning_rate',
        'hone apply digits-1',
        'train.py',
      ])
        expect(form).toContain(part);
    }
    expect(text).toContain('0.001 -> 0.01');
    expect(html).toContain('0.001 &rarr; <b>0.01</b>');
  });

  test.each([
    [{ state: 'target-missed', target: 0.98 }, 'Hone: digits-1 ended below its target: accuracy 97.2 %, target 98.0 %'],
    [{ state: 'target-missed' }, 'Hone: digits-1 ended with its target not confirmed: accuracy 97.2 %, target 95.0 %'],
    [{ state: 'complete', target: null }, 'Hone: digits-1 is done: accuracy 97.2 %'],
    [{ state: 'failed', best: null, reason: 'The script failed.' }, 'Hone: digits-1 failed'],
  ] as const)('has a subject that tells how it ended', (changes, subject) => {
    expect(mailOf(changes).subject).toBe(subject);
  });

  test('tells why a study failed, and where', () => {
    const error = { type: 'ValueError', message: 'no rows', frames: [{ path: 'train.py', line: 7, function: 'f', own: true }] };
    const trials = [buildTrial({ state: 'failed', error })];
    const { text } = mailOf({ state: 'failed', best: null, confirmation: null, reason: 'The script failed.', trials }, {}, '');
    expect(text).toContain('- ValueError: no rows (train.py, line 7)');
    expect(text).toContain('Next: hone logs digits-1');
    expect(text).not.toContain('attached');
  });

  test('tells of all restarts at once', () => {
    const at = (trial: number) => ({ sequence: trial, time: 60_000 * 61 * trial, trial, reason: 'The container was killed.' });
    const { subject, text } = mailOf({ state: 'running' }, { interruptions: [at(1), at(2)] });
    expect(subject).toBe('Hone: digits-1 was restarted 2 times');
    expect(text).toContain('- Trial 1: The container was killed. (01:01 UTC)');
  });

  test('tells at the end how often a study was restarted', () => {
    expect(
      mailOf({ losses: [{ trial: 1, repeat: 0, cause: 'killed', reason: 'It was killed.', delayMs: 0, resumed: null }] }).text,
    ).toMatch(/^ {2}Restarts +1$/m);
    expect(mailOf().text).not.toContain('Restarts');
  });

  test('has the diff as a file, and the curve as a picture within', () => {
    const { attachments, html } = mailOf();
    const [picture, patch] = attachments;
    expect(patch).toMatchObject({ name: 'digits-1.patch', type: 'text/x-patch', shownAs: null });
    expect(atob(patch?.content ?? '')).toBe('--- a/train.py\n+++ b/train.py\n');
    expect(html).toContain(`src="cid:${picture?.shownAs}"`);
    const { width, height, data } = decode(Uint8Array.from(atob(picture?.content ?? ''), (byte) => byte.charCodeAt(0)));
    expect([width, height]).toEqual([1080, 360]);
    const blue = data.filter((red, index) => index % 3 === 0 && red < 30);
    expect(blue.length).toBeGreaterThan(1000);
  });

  test('leaves a diff out that is too long, and says so', () => {
    const { attachments, text } = mailOf({}, {}, '+'.repeat(500_001));
    expect(attachments.map(({ name }) => name)).toEqual(['curve.png']);
    expect(text).toContain('too long to be attached');
  });

  test('takes nothing that a source says for HTML, for a header, or for a direction to write in', () => {
    const { subject, text, html, attachments } = mailOf({
      id: `digits-1${HOSTILE}`,
      script: HOSTILE,
      name: HOSTILE,
      reason: HOSTILE,
      note: HOSTILE,
      metric: { name: HOSTILE, data: 'test', source: 'print', direction: 'maximize' },
      notes: [HOSTILE],
      image: HOSTILE,
      trials: [
        buildTrial({ result: buildMeasurement(0.5, { name: HOSTILE }) }),
        buildTrial({ number: 2, result: buildMeasurement(0.6), hyperparameters: { [HOSTILE]: HOSTILE } }),
      ],
    });
    expect(subject).not.toMatch(/[\r\n\u202E]/);
    expect(html).not.toMatch(/<script|\u202E/);
    expect(text).not.toMatch(/^Bcc|\u202E/m);
    expect(attachments.at(-1)?.name).toMatch(/^[\w.-]+$/);
  });

  test('of a study that waits for an answer says what is asked, and how to answer', () => {
    const trials = [buildTrial({ result: buildMeasurement(0.913), seconds: 4500 })];
    const { subject, text } = mailOf({ state: 'paused', asksMinutes: 750, best: 0, trials }, { kind: 'waiting' });
    expect(subject).toMatch(/^Hone: digits-1 waits to be told how long it may search: accuracy 91\.3 %/u);
    expect(text).toContain('A training takes 1 h 15 min, so the search waits until someone says how long it may take');
    expect(text).toContain('hone resume digits-1 --minutes 750');
  });
});
