import { describe, expect, it } from 'vitest';
import { describeStatus, type StatusInput } from '../../../src/vscode/run/describeStatus.ts';
import { buildEpochs, buildMeasurement, buildStudy, buildTrial } from '../../fakes/buildStudy.ts';

const ref = { folder: '/home/ann/digits', id: 'digits-1' };
const idle: StatusInput = { script: null, starting: false, trusted: true, shown: null, progress: null, others: 0 };

describe('describeStatus', () => {
  it('offers to train the script that it knows', () => {
    expect(describeStatus(idle)).toMatchObject({ text: '$(play) Train', command: 'hone.train' });
    expect(describeStatus({ ...idle, script: 'train.py' })).toMatchObject({
      text: '$(play) Train train.py',
      command: 'hone.train',
    });
  });

  it('asks for trust, without which nothing is trained', () => {
    const status = describeStatus({ ...idle, script: 'train.py', trusted: false });
    expect(status).toMatchObject({ text: '$(shield) Trust the folder to train', command: 'workbench.trust.manage' });
  });

  it('spins with the share of the preparation', () => {
    const shown = { ref, study: buildStudy() };
    expect(describeStatus({ ...idle, shown }).text).toBe('$(loading~spin) preparing…');
    const progress = { text: 'Step 2 of 5', fraction: 0.419 };
    expect(describeStatus({ ...idle, shown, progress })).toMatchObject({
      text: '$(loading~spin) preparing · 41 %',
      command: 'hone.steer',
      arguments: [ref],
    });
    expect(describeStatus({ ...idle, shown, progress }).tooltip).toContain('Step 2 of 5');
  });

  it('spins with epoch and accuracy, and counts what else runs', () => {
    const study = buildStudy({ phase: 'training', trials: [buildTrial({ state: 'running', epochs: buildEpochs(5, 12) })] });
    expect(describeStatus({ ...idle, shown: { ref, study }, others: 2 }).text).toBe('$(loading~spin) epoch 5/12 · 5.0 % +2');
  });

  it('then shows the result, which a click opens', () => {
    const study = buildStudy({
      state: 'complete',
      phase: 'ended',
      endedAt: 9000,
      best: 0,
      trials: [buildTrial({ result: buildMeasurement(0.9) })],
    });
    expect(describeStatus({ ...idle, script: 'train.py', shown: { ref, study } })).toMatchObject({
      text: '$(pass) accuracy 90.0 % · test',
      command: 'hone.reveal',
      arguments: [ref],
      background: null,
    });
  });

  it('stands out where a run failed, and tells why on hover', () => {
    const study = buildStudy({ state: 'failed', phase: 'ended', endedAt: 9000, reason: 'No disk is left.' });
    const status = describeStatus({ ...idle, shown: { ref, study } });
    expect(status).toMatchObject({ text: '$(error) digits-1 failed', background: 'statusBarItem.errorBackground' });
    expect(status.tooltip).toContain('No disk is left.');
  });
});
