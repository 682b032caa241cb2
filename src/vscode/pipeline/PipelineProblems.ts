import { Diagnostic, DiagnosticSeverity, languages, Range, workspace, type TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { PipelineProblem } from '../../core/pipeline/parseLinterAnswer.ts';

/** What Jenkins did not accept, in the Problems view, until the text changes. */
export class PipelineProblems implements Disposable {
  readonly #store = new DisposableStore();
  readonly #shown = this.#store.add(languages.createDiagnosticCollection('hone.pipeline'));

  constructor() {
    this.#store.add(workspace.onDidChangeTextDocument(({ document }) => this.#shown.delete(document.uri)));
    this.#store.add(workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri)));
  }

  show(document: TextDocument, problems: readonly PipelineProblem[]): void {
    this.#shown.set(
      document.uri,
      problems.map(({ line, column, message }) => {
        const at = document.validatePosition(new Range(line - 1, column - 1, line - 1, column - 1).start);
        const diagnostic = new Diagnostic(new Range(at, document.lineAt(at.line).range.end), message, DiagnosticSeverity.Error);
        diagnostic.source = 'Jenkins';
        return diagnostic;
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }
}
