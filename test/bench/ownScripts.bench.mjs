// Runs each project of test/fixtures/projects as a newcomer would: `hone train`, with the one answer that it may need (answer.json).
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const top = join(import.meta.dirname, '..', '..');
const projects = join(top, 'test', 'fixtures', 'projects');
const run = promisify(execFile);

/** The script that a person would start, where several train. */
const STARTED = { subprocess: 'train.py' };

async function train(name) {
  const folder = mkdtempSync(join(tmpdir(), `hone-${name}-`));
  const outside = mkdtempSync(join(tmpdir(), 'hone-outside-'));
  try {
    cpSync(join(projects, name), folder, { recursive: true });
    const answer = existsSync(join(folder, 'answer.json')) ? JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8')) : {};
    rmSync(join(folder, 'answer.json'), { force: true });
    if (existsSync(join(folder, 'outside'))) {
      cpSync(join(folder, 'outside'), outside, { recursive: true });
      rmSync(join(folder, 'outside'), { recursive: true });
      const script = join(folder, 'train.py');
      writeFileSync(script, readFileSync(script, 'utf8').replaceAll('@OUTSIDE@', outside));
    }
    if (answer.configuration !== undefined) {
      writeFileSync(join(folder, 'hone.yaml'), answer.configuration.replaceAll('@OUTSIDE@', outside));
    }
    const words = ['train', ...(STARTED[name] === undefined ? [] : [STARTED[name]]), '--json', '--cwd', folder];
    if (answer.arguments !== undefined) words.push('--', ...answer.arguments);
    const { stdout, stderr } = await run(process.execPath, [join(top, 'dist', 'cli.js'), ...words], { maxBuffer: 1e8 }).catch(
      (error) => error,
    );
    const study = stdout.trim() === '' ? { state: 'failed', reason: stderr.trim().split('\n').at(-1) } : JSON.parse(stdout);
    return study;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(outside, { recursive: true, force: true });
  }
}

export default {
  name: 'own scripts',
  async run() {
    const wanted = process.env.HONE_BENCH_PROJECTS?.split(',');
    const names = readdirSync(projects).filter((name) => wanted?.includes(name) ?? true);
    let trained = 0;
    for (const name of names) {
      const { state, best, metric, reason, seconds } = await train(name);
      const ok = state === 'complete' && best?.value != null;
      trained += ok ? 1 : 0;
      console.log(
        ok
          ? `  ${name}: ${metric.name} ${best.value.toFixed(3)} on ${metric.data} data, ${Math.round(seconds)} s`
          : `  ${name}: ${state}. ${reason}`,
      );
    }
    const goal = `${names.length} of ${names.length}`;
    return [
      {
        name: 'own scripts that train, one answer each at most',
        value: trained,
        unit: '',
        goal,
        ok: trained === names.length,
        detail: '',
      },
    ];
  },
};
