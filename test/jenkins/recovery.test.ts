import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readJournalFile } from '../../src/adapters/files/JournalFile.ts';
import type { JournalEvent } from '../../src/core/study/JournalEvent.ts';
import { hasGroovy } from './groovy/parseGroovy.ts';
import { addJob, archiveOf, type Job } from './run/Controller.ts';
import { installHone, pushPipelines, resultOf } from './run/makePipelines.ts';
import { makeRepository, type Repository } from './run/makeRepository.ts';
import { startController, type StartedController } from './run/startController.ts';

const hasDocker = process.env['HONE_TEST_DOCKER'] === '1';

/** Trains in steps of which each may be the last. */
const STEPS = `import time
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import train_test_split

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = SGDClassifier(alpha=0.3, random_state=0)
for step in range(12):
    model.partial_fit(X_train, y_train, classes=range(10))
    time.sleep(0.2)
print("accuracy", model.score(X_test, y_test))
`;

describe.skipIf(!hasGroovy || !hasDocker)('a study that outlives its build', () => {
  let controller: StartedController;
  let repository: Repository;
  beforeAll(async () => {
    controller = await startController();
    Object.assign(controller.environment, { PATH: installHone(join(controller.home, 'bin')) });
    repository = makeRepository();
    repository.push({ 'train.py': STEPS, 'hone.yaml': 'target: 99.9%\nbudget: { trials: 4 }\nconfirm: { seeds: 1 }\n' });
    pushPipelines(repository, []);
  });
  afterAll(async () => {
    await controller.stop();
    repository.remove();
  });

  const jobOf = (name: string, scriptPath: string): Job =>
    addJob(controller, { name, remote: repository.remote, branch: 'main', scriptPath });
  /** The one study in an agent's workspaces. */
  const journalOn = (agent: string): readonly JournalEvent[] => {
    const [path] = globSync(join(controller.home, 'agents', agent, 'hone', '*', '.hone', 'studies', '*', 'journal.jsonl'));
    return path === undefined ? [] : readJournalFile(path).events;
  };
  const runs = (events: readonly JournalEvent[], trial: number): number =>
    events.filter(
      (event) => event.type === 'trial-started' && event.trial === trial && event.repeat === 0 && event.resume !== true,
    ).length;
  const started = (agent: string, trial: number): Promise<void> =>
    expect.poll(() => runs(journalOn(agent), trial), { timeout: 90_000, interval: 200 }).toBeGreaterThan(0);

  test('is gone on with by the next build, on another agent, where one was aborted in the middle of the search', async () => {
    const job = jobOf('aborted', 'Jenkinsfile');
    const { build, done } = controller.start(job, { agent: 'first' });
    await started('first', 2);
    build.abort();
    await done;
    expect(build.result, build.log).toBe('ABORTED');
    expect(journalOn('first').findLast(({ type }) => type === 'request')).toMatchObject({ request: 'pause' });

    const next = await controller.start(job, { agent: 'second' }).done;
    expect(next.result, next.log).toBe('UNSTABLE');
    expect(resultOf(next)).toMatchObject({
      state: 'target-missed',
      trials: [{ number: 0 }, { number: 1 }, { number: 2 }, { number: 3 }],
    });
    const events = unpacked(next.number, job);
    expect(events.slice(0, 5)).toEqual(journalOn('first').slice(0, 5));
    for (const trial of [0, 1, 2, 3]) expect(runs(events, trial)).toBe(1);
  });

  test('is brought back by the monitor where its agent was lost and its container died between builds', async () => {
    const { build, done } = controller.start(jobOf('lost', 'Jenkinsfile'), { agent: 'third' });
    await started('third', 2);
    const saved = (): boolean => journalOn('third').some((event) => event.type === 'checkpoint-saved' && event.trial === 2);
    await expect.poll(saved, { timeout: 30_000, interval: 100 }).toBe(true);
    build.lose();
    await done;
    const { container, study } = containerOf(journalOn('third'));
    execFileSync('docker', ['kill', container], { stdio: 'ignore' });
    expect(journalOn('third').some(({ type }) => type === 'study-ended')).toBe(false);

    const monitor = await controller.start(jobOf('monitor', 'Jenkinsfile.monitor'), { agent: 'third' }).done;
    expect(monitor.result, monitor.log).toBe('SUCCESS');
    expect(monitor.log).toContain(study);
    await expect
      .poll(() => journalOn('third').at(-1), { timeout: 90_000, interval: 500 })
      .toMatchObject({ type: 'study-ended', state: 'target-missed' });
    const events = journalOn('third');
    expect(events.filter(({ type }) => type === 'supervisor-started').length).toBeGreaterThan(1);
    expect(events.find((event) => event.type === 'trial-resumed')).toMatchObject({ trial: 2, reason: null });
    for (const trial of [0, 1, 2, 3])
      expect(events.filter((event) => event.type === 'trial-ended' && event.trial === trial && event.repeat === 0)).toHaveLength(
        1,
      );
  });

  /** The journal that a build archived. */
  function unpacked(number: number, job: Job): readonly JournalEvent[] {
    const folder = join(controller.home, 'unpacked');
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', [
      '-xzf',
      join(archiveOf(controller, job.name, number), '.hone', 'ci', 'out', 'study.tar.gz'),
      '-C',
      folder,
    ]);
    const [path = ''] = globSync(join(folder, '*', 'journal.jsonl'));
    expect(existsSync(path)).toBe(true);
    return readJournalFile(path).events;
  }

  function containerOf(events: readonly JournalEvent[]): { readonly container: string; readonly study: string } {
    const [created] = events;
    const last = events.findLast((event) => event.type === 'runner-started');
    return {
      container: last?.type === 'runner-started' ? (last.container ?? '') : '',
      study: created?.type === 'study-created' ? created.study : '',
    };
  }
});
