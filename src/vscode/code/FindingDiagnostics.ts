import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  languages,
  workspace,
  type Range,
  type TextDocument,
} from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { Finding } from '../../core/scan/Finding.ts';
import { readSettings } from '../settings/readSettings.ts';
import { codeLocation } from './codeLocation.ts';
import type { Inspections } from './Inspections.ts';
import { rangeIn } from './rangeIn.ts';

/** A pause in typing. */
const DEBOUNCE_MS = 400;

const SEVERITIES = { warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information } as const;

/** The source of Hone's diagnostics, as the Problems view names it. */
export const SOURCE = 'Hone';

/** Marks what is surely wrong with how an open script measures its model, as it is being written. */
export class FindingDiagnostics implements Disposable {
  readonly #inspections: Inspections;
  readonly #onError: (error: unknown) => void;
  readonly #store = new DisposableStore();
  readonly #shown = this.#store.add(languages.createDiagnosticCollection('hone'));
  readonly #documents = new Set<TextDocument>();
  #timer: NodeJS.Timeout | null = null;

  constructor(inspections: Inspections, onError: (error: unknown) => void) {
    this.#inspections = inspections;
    this.#onError = onError;
    this.#store.add(inspections.onDidChange(() => this.#later(workspace.textDocuments)));
    this.#store.add(workspace.onDidOpenTextDocument((document) => this.#later([document])));
    this.#store.add(workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri)));
    this.#store.add(
      workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration('hone.ignoredFindings') && this.#later(workspace.textDocuments),
      ),
    );
    this.#store.add({ dispose: () => this.#timer !== null && clearTimeout(this.#timer) });
    this.#later(workspace.textDocuments);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #later(documents: readonly TextDocument[]): void {
    for (const document of documents) if (document.languageId === 'python') this.#documents.add(document);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const due = [...this.#documents];
      this.#documents.clear();
      for (const document of due) void this.#look(document).catch(this.#onError);
    }, DEBOUNCE_MS);
  }

  async #look(document: TextDocument): Promise<void> {
    const place = this.#inspections.locate(document);
    if (place === null) return this.#shown.delete(document.uri);
    const inspection = await this.#inspections.of(place.file);
    // A text that changed meanwhile is looked at again; one that cannot be read keeps what was known of it.
    if (inspection === null || document.isClosed) return;
    const ignored = readSettings(document.uri).ignoredFindings[place.file.path] ?? [];
    const findings = inspection.findings.filter(({ code }) => !ignored.includes(code));
    const diagnostics = findings.flatMap((finding) => {
      const range = rangeIn(document, place, finding.place);
      return range === null ? [] : [createDiagnostic(finding, range, place.file.folder)];
    });
    this.#shown.set(document.uri, diagnostics);
  }
}

function createDiagnostic(finding: Finding, range: Range, folder: string): Diagnostic {
  const diagnostic = new Diagnostic(range, finding.message, SEVERITIES[finding.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = finding.code;
  diagnostic.relatedInformation = finding.evidence.map(
    ({ place, message }) => new DiagnosticRelatedInformation(codeLocation(folder, place), message),
  );
  return diagnostic;
}
