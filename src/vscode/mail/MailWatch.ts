import { commands, StatusBarAlignment, ThemeColor, window, workspace, type Memento, type StatusBarItem } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { KeptMail } from '../../core/ports/Outbox.ts';
import type { CommandId } from '../commands/CommandId.ts';
import { isActive } from '../studies/describeStudy.ts';
import type { WatchedStudies } from '../studies/WatchedStudies.ts';

const FIRST_MS = 20_000;
const EVERY_MS = 5 * 60_000;
/** A supervisor has handed its last mail over by then, or could not. */
const AFTER_END_MS = 10_000;
/** When what was refused and told last was written, so that it is told once. */
const TOLD = 'hone.mail.told';
const SET_UP: CommandId = 'hone.setUpMail';

/** Sends what supervisors could not, while a trusted window with studies is open, and shows what was refused. */
export class MailWatch implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #studies: WatchedStudies;
  readonly #state: Memento;
  readonly #onError: (error: unknown) => void;
  readonly #item: StatusBarItem;
  readonly #abort = new AbortController();
  readonly #store = new DisposableStore();
  #timer: NodeJS.Timeout;

  constructor(hone: () => Promise<Hone>, studies: WatchedStudies, state: Memento, onError: (error: unknown) => void) {
    this.#hone = hone;
    this.#state = state;
    this.#onError = onError;
    this.#item = this.#store.add(window.createStatusBarItem('hone.mail', StatusBarAlignment.Left, 0));
    this.#item.name = 'Hone: Mail';
    this.#item.command = SET_UP;
    this.#item.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
    this.#store.add(
      studies.onDidChange(({ before, now }) => {
        if (now !== null && !isActive(now) && (before === null || isActive(before))) this.#lookIn(AFTER_END_MS);
      }),
    );
    this.#studies = studies;
    this.#timer = setTimeout(() => this.#beat(), FIRST_MS);
  }

  /** Sends what is due now, and shows how it stands. */
  async look(): Promise<void> {
    this.#lookIn(EVERY_MS);
    if (!workspace.isTrusted) return;
    const { refused } = await (await this.#hone()).deliver('due', this.#abort.signal);
    const last = refused.at(-1);
    if (last === undefined) return this.#item.hide();
    this.#item.text = `$(mail) ${refused.length} refused`;
    this.#item.tooltip = `Hone: ${last.subject} could not be sent.\n${describe(last)}\nClick to set up mail again.`;
    this.#item.show();
    await this.#tell(last);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#store.dispose();
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#abort.signal.aborted) this.#timer = setTimeout(() => this.#beat(), ms);
  }

  /** A window without studies loads nothing for the sake of mail. */
  #beat(): void {
    if (this.#studies.folders.length === 0) this.#lookIn(EVERY_MS);
    else void this.look().catch(this.#onError);
  }

  /** Says so once, on whichever day a window is open. */
  async #tell(mail: KeptMail): Promise<void> {
    if (mail.writtenAt <= this.#state.get<number>(TOLD, 0)) return;
    await this.#state.update(TOLD, mail.writtenAt);
    const setUp = 'Set Up Mail';
    const text = `Hone could not send "${mail.subject}": ${describe(mail)}`;
    // The answer may take days: nothing waits for it.
    void window
      .showWarningMessage(text, setUp)
      .then((answer) => (answer === setUp ? commands.executeCommand(SET_UP) : undefined), this.#onError);
  }
}

function describe({ problem }: KeptMail): string {
  return problem?.reason ?? 'Nobody knows why.';
}
