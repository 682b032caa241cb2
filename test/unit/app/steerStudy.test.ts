import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { requestOfStudy, resumeStudy } from '../../../src/app/steerStudy.ts';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';
import { ended, link, onTrial, store, superviseFake } from '../../fakes/superviseFake.ts';

const ports = { store, link, now: Date.now } as unknown as HonePorts;
const short = onTrial((runner) => runner.say(ended));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-steer-'));
  writeFileSync(join(folder, 'train.py'), 'fit()\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a single run does not pause', async () => {
  await superviseFake(folder, short);
  await expect(requestOfStudy(ports, folder, 's-1', 'pause')).rejects.toMatchObject({
    code: 'usage',
    message: 's-1 is a single run, and only searches can be paused.',
    next: '`hone cancel s-1` ends it.',
  });
});

test('what has ended says how, in words', async () => {
  await superviseFake(folder, short, { target: 0.99 });
  const resumed = resumeStudy(ports, folder, 's-1', new AbortController().signal);
  await expect(resumed).rejects.toMatchObject({ code: 'usage', message: 's-1 has ended: its target was missed.' });
});
