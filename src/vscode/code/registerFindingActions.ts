import { CodeAction, CodeActionKind, languages, type Diagnostic } from 'vscode';
import type { Disposable } from '../../base/DisposableStore.ts';
import { SOURCE } from './FindingDiagnostics.ts';
import type { Inspections } from './Inspections.ts';

/** What can be done about a finding: have it explained, or say that it does not matter for this script. */
export function registerFindingActions(inspections: Inspections): Disposable {
  return languages.registerCodeActionsProvider(
    { language: 'python' },
    {
      provideCodeActions(document, _range, { diagnostics }): CodeAction[] {
        const place = inspections.locate(document);
        if (place === null) return [];
        const name = place.file.path.slice(place.file.path.lastIndexOf('/') + 1);
        return diagnostics
          .filter(({ source }) => source === SOURCE)
          .flatMap((diagnostic) => [
            action('Explain', 'hone.explainFinding', [place.file, diagnostic.code], diagnostic),
            action(`Ignore for ${name}`, 'hone.ignoreFinding', [place.file, diagnostic.code], diagnostic),
          ]);
      },
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}

function action(
  title: string,
  command: 'hone.explainFinding' | 'hone.ignoreFinding',
  args: readonly unknown[],
  diagnostic: Diagnostic,
): CodeAction {
  const made = new CodeAction(`Hone: ${title}`, CodeActionKind.QuickFix);
  made.command = { title, command, arguments: [...args] };
  made.diagnostics = [diagnostic];
  return made;
}
