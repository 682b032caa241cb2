import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';
import { resumeStudy } from '../../../src/app/steerStudy.ts';
import { buildSearch } from '../../fakes/buildPlan.ts';
import { ended, goOn, link, onTrial, store, superviseFake } from '../../fakes/superviseFake.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-ask-'));
  writeFileSync(join(folder, 'train.py'), 'fit()\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const long = onTrial((runner) => runner.say({ ...ended, seconds: 4500 }));
const search = buildSearch({ dimensions: [] });

test('a study that asks for time ends its supervisor, and goes on with the answer', async () => {
  const asking = await superviseFake(folder, long, { kind: 'study', search });
  expect(asking.study).toMatchObject({ state: 'paused', asksMinutes: 750, endedAt: null });
  expect(asking.runtime.disposals).toBe(1);
  const { study } = await goOn(folder, long, { type: 'request', request: 'resume', minutes: 90 });
  expect(study).toMatchObject({ state: 'complete', asksMinutes: null, minutes: expect.closeTo(90, 0) as number });
  const ports = { store, link, now: Date.now } as unknown as HonePorts;
  await expect(resumeStudy(ports, folder, 's-1', new AbortController().signal, 90)).rejects.toMatchObject({ code: 'usage' });
});

test('a study that was cancelled asks no more', async () => {
  await superviseFake(folder, long, { kind: 'study', search });
  const { study } = await goOn(folder, long, { type: 'cancel' });
  expect(study).toMatchObject({ state: 'cancelled', asksMinutes: null });
});
