import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, outputOf, secondsOf, tune, withFolder } from './studyRuns.mjs';

const TRIALS = 30;
const studies = join(import.meta.dirname, 'studies');
const python = process.env.HONE_TEST_PYTHON;
const OUT_OF_REACH = ['--target', '0.9999', '--trials', String(TRIALS)];
const GOALS = { docker: 5, local: 2, ownMs: 60 };

/**
 * What a trial costs on a script that imports scikit-learn: a whole `hone tune`, from its start to its end, by the trials and repeats that it ran,
 * against starting the script anew for each; and what Hone adds to a trial beyond what the script does once it has its imports.
 */
export default {
  name: 'trial cost',
  run({ full }) {
    if (python === undefined) return [];
    return withFolder({ 'train.py': readFileSync(join(studies, 'tree.py'), 'utf8') }, async (folder) => {
      copyFileSync(join(studies, 'warm.py'), join(folder, 'warm.py'));
      const rows = await against('local', folder, full, (...args) => [python, args]);
      if (!process.env.HONE_TEST_DOCKER) return rows;
      const { document } = await tune(folder, 'train.py', '--runtime', 'docker', '--trials', '1');
      return [...(await against('docker', folder, full, (...args) => dockerRun(document.image, folder, args))), ...rows];
    });
  },
};

async function against(runtime, folder, full, commandFor) {
  const [each, anew, own] = [[], [], []];
  for (let round = 0; round < (full ? 7 : 3); round++) {
    const { events, seconds } = await tune(folder, 'train.py', '--runtime', runtime, ...OUT_OF_REACH);
    const runs = events.filter(({ type }) => type === 'trial-started').length;
    each.push(seconds / runs);
    anew.push(await secondsOf(...commandFor('train.py'), { cwd: folder }));
    own.push(spacingOf(events) - Number(await outputOf(...commandFor('warm.py', 'train.py'), { cwd: folder })));
  }
  const [trial, bare, added] = [each, anew, own].map(median);
  const how = runtime === 'docker' ? 'docker run' : 'python train.py';
  return [
    {
      name: `${how} / a trial of a study`,
      value: bare / trial,
      unit: '×',
      goal: `≥ ${GOALS[runtime]}`,
      ok: bare / trial >= GOALS[runtime],
      detail: `${bare.toFixed(2)} s against ${trial.toFixed(3)} s, start and end of the study included; medians of ${each.length}, ${TRIALS} trials`,
    },
    {
      name: `added to a trial, ${runtime}`,
      value: added * 1000,
      unit: 'ms',
      goal: `≤ ${GOALS.ownMs}`,
      ok: added * 1000 <= GOALS.ownMs,
      detail: 'from the start of a trial to that of the next, less the time of the script with its imports done',
    },
  ];
}

/** Seconds from the start of a search trial to that of the next, suggestion included. */
function spacingOf(events) {
  const starts = events.filter(({ type, purpose }) => type === 'trial-started' && purpose === 'search').map(({ time }) => time);
  return median(starts.slice(1).map((time, index) => time - starts[index])) / 1000;
}

function dockerRun(image, folder, args) {
  const mount = ['--volume', `${folder}:/workspace:ro`, '--workdir', '/workspace'];
  const user = process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid()}`];
  return ['docker', ['run', '--rm', '--network', 'none', ...user, ...mount, '--entrypoint', 'python', image, ...args]];
}
