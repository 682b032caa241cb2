import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tune, withFolder } from './studyRuns.mjs';

const SLOTS = 2;
const SLEEP_SECONDS = 1;
const GOAL = 1.15;
const script = readFileSync(join(import.meta.dirname, 'studies', 'sleeping.py'), 'utf8');
const patient = 'budget: {patience: 100000, minutes: 100}\n';

/** Trials of one second on two slots, against keeping both busy all the time; 60 trials, with `--full` 500. */
export default {
  name: 'two slots',
  run({ full }) {
    if (process.env.HONE_TEST_PYTHON === undefined) return [];
    return withFolder({ 'train.py': script, 'hone.yaml': patient }, async (folder) => {
      const words = ['--runtime', 'local', '--jobs', String(SLOTS), '--trials', full ? '500' : '60'];
      const { events } = await tune(folder, 'train.py', ...words);
      const started = events.filter(({ type, purpose }) => type === 'trial-started' && purpose === 'search');
      const last = events.filter(({ type, trial, repeat }) => type === 'trial-ended' && repeat === 0 && trial > 0).at(-1);
      const seconds = (last.time - started[0].time) / 1000;
      const ideal = (started.length * SLEEP_SECONDS) / SLOTS;
      return [
        {
          name: `${started.length} trials of ${SLEEP_SECONDS} s on ${SLOTS} slots, of the ideal`,
          value: seconds / ideal,
          unit: '×',
          goal: `≤ ${GOAL}`,
          ok: seconds / ideal <= GOAL,
          detail: `${seconds.toFixed(1)} s against ${ideal.toFixed(1)} s`,
        },
      ];
    });
  },
};
