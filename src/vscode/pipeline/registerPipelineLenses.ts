import { CodeLens, languages, Range, type Command, type TextDocument } from 'vscode';
import type { Disposable } from '../../base/DisposableStore.ts';
import { markedLine } from '../../core/pipeline/mergeGenerated.ts';
import type { CommandId } from '../commands/CommandId.ts';

/** Files that may be generated. */
const FILES = '**/{Jenkinsfile,Jenkinsfile.monitor,jenkins/*.Jenkinsfile,jenkins/jobs.groovy,jenkins/hone.sh}';

/** What can be done about a generated Jenkins file, above its mark. */
export function registerPipelineLenses(): Disposable {
  return languages.registerCodeLensProvider(
    { scheme: 'file', pattern: FILES },
    {
      provideCodeLenses(document): CodeLens[] {
        const line = markedLine(document.getText());
        return line === null ? [] : actions(document).map((action) => new CodeLens(new Range(line, 0, line, 0), action));
      },
    },
  );
}

function actions({ uri }: TextDocument): Command[] {
  const action = (title: string, tooltip: string, command: CommandId): Command => ({ title, tooltip, command, arguments: [uri] });
  const regenerate = action(
    '$(sync) Regenerate',
    'Show what Hone would change; your own changes stay',
    'hone.regeneratePipeline',
  );
  const validate = action('Validate on My Jenkins', 'Ask the linter of your Jenkins', 'hone.validatePipeline');
  return /Jenkinsfile/u.test(uri.path) ? [regenerate, validate] : [regenerate];
}
