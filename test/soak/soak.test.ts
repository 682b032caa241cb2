import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasDocker } from '../integration/commandLine/honeProcess.ts';
import { FaultStudy, seeded, wait } from '../faults/FaultStudy.ts';

const MINUTES = Number(process.env['HONE_SOAK_MINUTES'] ?? 60);
const SIDE_BY_SIDE = 3;
/** What one study may be done to, so that it is not taken for one that cannot run. */
const MOST_KILLS = 4;
/** A comparison of long lists is longer. */
const FAILURE_CHARACTERS = 400;

interface Row {
  readonly study: number;
  kills: number;
  supervisors: number;
  state: string;
  failure: string | null;
}

describe.skipIf(!hasDocker)('studies under a random killer', () => {
  test('all end once and leave nothing behind', { timeout: (MINUTES + 15) * 60_000 }, async () => {
    const random = seeded(Math.floor(Date.now() / 1000) % 100_000);
    const until = performance.now() + MINUTES * 60_000;
    const rows: Row[] = [];
    const folders: string[] = [];
    const handlesBefore = handles();
    const work = async (): Promise<void> => {
      while (performance.now() < until) {
        const row: Row = { study: rows.length + 1, kills: 0, supervisors: 0, state: '', failure: null };
        rows.push(row);
        const study = new FaultStudy();
        folders.push(study.folder);
        await harass(study, row, random);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    await wait(2000);
    process.stdout.write(`${render(rows)}\n`);
    const left = processes(folders);
    process.stdout.write(`processes left: ${left.length}; handles ${handlesBefore} before, ${handles()} after\n`);
    expect(rows.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(left).toEqual([]);
    expect(handles()).toBeLessThanOrEqual(handlesBefore + 2);
  });
});

/** One study, from its start to its end, killed at random; what it leaves is looked for. */
async function harass(study: FaultStudy, row: Row, random: () => number): Promise<void> {
  let reason = '';
  try {
    await start(study);
    while (study.of('study-ended').length === 0) {
      await wait(200 + 2500 * random());
      if (row.kills < MOST_KILLS) strike(study, row, random());
      if (row.supervisors > 0) await study.hone('monitor', '--once');
    }
    const [end] = study.of('study-ended');
    row.state = end?.state ?? 'none';
    reason = end?.reason ?? '';
    expect(end).toMatchObject({ state: 'complete', reason: null });
    study.expectInvariants();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    row.failure = `${said
      .trim()
      .replaceAll(/\s*\n\s*/gu, ' / ')
      .slice(0, FAILURE_CHARACTERS)} ${reason}`;
  } finally {
    await study.dispose();
  }
}

/** An engine that is too busy to answer in time refuses a study, of which nothing is then: it is asked again. */
async function start(study: FaultStudy): Promise<void> {
  for (let refusals = 0; ; refusals++) {
    try {
      return await study.start();
    } catch (error) {
      if (refusals === 5 || !(error instanceof Error && error.message.includes('does not answer in time'))) throw error;
      process.stdout.write('An engine that did not answer in time refused a study.\n');
      await wait(5000);
    }
  }
}

/** Kills a process, a container or a supervisor; there may be none just now. */
function strike(study: FaultStudy, row: Row, chance: number): void {
  try {
    if (chance < 0.33) process.kill(study.script, 'SIGKILL');
    else if (chance < 0.66) study.docker('kill', study.container);
    else {
      process.kill(study.supervisor, 'SIGKILL');
      row.supervisors++;
    }
    row.kills++;
  } catch {
    // It ended, or is just being started.
  }
}

function render(rows: readonly Row[]): string {
  const head = 'study  kills  of these supervisors  state       failure';
  const lines = rows.map(({ study, kills, supervisors, state, failure }) =>
    [String(study).padEnd(6), String(kills).padEnd(6), String(supervisors).padEnd(20), state.padEnd(11), failure ?? ''].join(' '),
  );
  const total = rows.reduce((sum, { kills }) => sum + kills, 0);
  return [
    head,
    ...lines,
    `${rows.length} studies, ${total} kills, ${rows.filter(({ failure }) => failure !== null).length} failures`,
  ].join('\n');
}

/** Supervisors of the studies of these folders. */
function processes(folders: readonly string[]): readonly string[] {
  const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes('supervise') && folders.some((folder) => line.includes(folder)));
}

/** Files that this process has open, where the system tells. */
function handles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
