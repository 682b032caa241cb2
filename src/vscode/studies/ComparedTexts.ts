import { commands, Uri, workspace, type TextDocumentContentProvider } from 'vscode';
import type { Disposable } from '../../base/DisposableStore.ts';
import type { Comparison, RunSummary } from '../../core/study/compareRuns.ts';

const SCHEME = 'hone-run';

/** The read-only documents in which two runs are shown side by side: what they are, and their sources as they ran. */
export class ComparedTexts implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, this);

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens an editor with all that differs; only documents of the comparison shown last are kept. */
  async show({ runs, files }: Comparison): Promise<void> {
    this.#texts.clear();
    const [first, second] = runs;
    const summaries = [
      this.#add(first, 'run.txt', describeRun(first)),
      this.#add(second, 'run.txt', describeRun(second)),
    ] as const;
    const sources = files.map(({ path, texts }) => {
      const [left, right] = [
        texts[0] === null ? undefined : this.#add(first, path, texts[0]),
        texts[1] === null ? undefined : this.#add(second, path, texts[1]),
      ];
      return [right ?? left, left, right];
    });
    await commands.executeCommand('vscode.changes', `${titleOf(first)} ↔ ${titleOf(second)}`, [
      [summaries[1], ...summaries],
      ...sources,
    ]);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #add(run: RunSummary, path: string, text: string): Uri {
    const uri = Uri.from({ scheme: SCHEME, path: `/${titleOf(run)}/${path}` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}

function titleOf({ study, trial }: RunSummary): string {
  return trial === null || trial === 0 ? study : `${study} trial ${trial}`;
}

function describeRun(run: RunSummary): string {
  const sections = [...new Set(run.facts.map(({ section }) => section))].map((section) => {
    const lines = run.facts.filter((fact) => fact.section === section).map(({ name, value }) => `  ${name}: ${value}\n`);
    return `${section}\n${lines.join('')}`;
  });
  return [`${titleOf(run)}${run.name === null ? '' : `, ${run.name}`}\n`, ...sections].join('\n');
}
