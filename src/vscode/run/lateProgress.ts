import { ProgressLocation, window, type CancellationToken } from 'vscode';
import type { Progress } from '../../core/ports/Runtime.ts';

/** What is done before this needs no notification. */
const DELAY_MS = 700;

/** Work that tells how far it is and stops when the signal is aborted. */
export type Work<T> = (report: (progress: Progress) => void, signal: AbortSignal) => Promise<T>;

/** Does work and, where it takes longer than a moment, shows it in a notification that can cancel it. */
export async function lateProgress<T>(title: string, work: Work<T>): Promise<T> {
  const abort = new AbortController();
  const listeners: ((progress: Progress) => void)[] = [];
  let latest: Progress | null = null;
  const result = work((progress) => {
    latest = progress;
    for (const listener of listeners) listener(progress);
  }, abort.signal);
  const timer = setTimeout(() => {
    void window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
      abortOn(token, abort);
      let shown = 0;
      const show = ({ text, fraction }: Progress): void => {
        const percent = fraction === null ? shown : Math.max(shown, fraction * 100);
        progress.report({ message: text, increment: percent - shown });
        shown = percent;
      };
      if (latest !== null) show(latest);
      listeners.push(show);
      return result.then(
        () => undefined,
        () => undefined, // the caller has the failure
      );
    });
  }, DELAY_MS);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
  }
}

function abortOn(token: CancellationToken, abort: AbortController): void {
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
}
