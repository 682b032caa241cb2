import { describe, expect, it, onTestFinished } from 'vitest';
import type { EditorWindow } from '../EditorWindow.ts';
import type { Project } from '../Project.ts';
import { interpreterSettings, startEditor } from '../startEditor.ts';
import { useEditor } from '../useEditor.ts';

const settings = interpreterSettings();
const EPOCHS = 200;
/** The tree promises 250 ms; the training takes all of the machine, so not each update can keep it, and the window has to share it. */
const LATE_MS = 400;
/** Five seconds are promised from when the window is there; two cores that train beside it may need three times that. */
const SHOWN_MS = 15_000;

describe.skipIf(settings === null)('a run and the window', () => {
  const editor = useEditor({ ...settings, 'workbench.colorTheme': 'Default Dark Modern' });

  it('goes on while the window is closed, is there again, and is followed to its end', async () => {
    const project = await editor.sample('digits-cnn', [['epochs=12', `epochs=${EPOCHS}`]]);
    const first = await editor.open(project.folder);
    await trainSomeEpochs(first);
    await first.picture('running');
    await first.close();
    const before = await project.epochs();

    const asked = performance.now();
    const second = await editor.open(project.folder);
    const opened = performance.now();
    await second.showHone();
    await second.row(/digits-cnn-1.*epoch \d+\/200/).waitFor({ timeout: 30_000 });
    const shown = performance.now() - opened;
    console.log(`window there after ${Math.round(opened - asked)} ms, the run in its tree ${Math.round(shown)} ms later`);
    expect(shown).toBeLessThan(SHOWN_MS);
    expect(await project.epochs()).toBeGreaterThan(before);
    await second.button.filter({ hasText: /epoch \d+\/200/ }).waitFor();
    const seen = await second.watchRow('digits-cnn-1');
    await second.picture('reopened');
    await second.row(/digits-cnn-1.*\d\d\.\d % · test/).waitFor({ timeout: 120_000 });
    await second.picture('followed-to-the-end');

    const late = await lateness(await seen(), project);
    console.log(`tree behind its events: median ${median(late)} ms, worst ${Math.max(...late)} ms, of ${late.length}`);
    expect(late.length).toBeGreaterThan(10);
    expect(median(late)).toBeLessThanOrEqual(LATE_MS);
  });

  it('goes on when the editor is killed, and the next editor shows it', async () => {
    const project = await editor.sample('digits-cnn', [['epochs=12', `epochs=${EPOCHS}`]]);
    const killed = await startEditor(settings ?? {});
    onTestFinished(() => killed.close());
    const first = await killed.open(project.folder);
    await trainSomeEpochs(first);
    await killed.kill();
    const before = await project.epochs();
    const second = await editor.open(project.folder);
    await second.showHone();
    await second.trust();
    await second.row(/digits-cnn-1.*epoch \d+\/200/).waitFor({ timeout: 30_000 });
    expect(await project.epochs()).toBeGreaterThan(before);
    await second.row(/digits-cnn-1.*\d\d\.\d % · test/).waitFor({ timeout: 120_000 });
    const told = (await project.journal()).flatMap((event) => (event.type === 'epoch' ? [event['epoch']] : []));
    expect(told).toEqual(Array.from({ length: EPOCHS }, (_, index) => index + 1));
  });
});

async function trainSomeEpochs(open: EditorWindow): Promise<void> {
  await open.showHone();
  await open.trust();
  await open.openFile('train.py');
  await open.button.filter({ hasText: 'Train train.py' }).click();
  await open.button.filter({ hasText: /epoch [3-9]\/200/ }).waitFor({ timeout: 60_000 });
}

/** For each epoch that showed up in the tree, how long after its event, in milliseconds. */
async function lateness(seen: readonly { readonly text: string; readonly time: number }[], project: Project): Promise<number[]> {
  const events = new Map(
    (await project.journal()).filter(({ type }) => type === 'epoch').map((event) => [event['epoch'], event.time]),
  );
  return seen.flatMap(({ text, time }) => {
    const event = events.get(Number(/epoch (\d+)\//.exec(text)?.[1]));
    return event === undefined ? [] : [time - event];
  });
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
