import { basename, dirname, join } from 'node:path';
import { ProgressLocation, Uri, window, workspace, type TextDocument } from 'vscode';
import type { PipelineChoice } from '../../app/answerPipeline.ts';
import type { PipelineProposal } from '../../app/planPipeline.ts';
import { HoneError } from '../../base/HoneError.ts';
import type { Parts } from '../Parts.ts';
import { askPipeline } from '../pipeline/askPipeline.ts';
import type { JenkinsLogins } from '../pipeline/JenkinsLogins.ts';
import { PREVIEW_SCHEME, type PipelinePreview, type ShownPipeline } from '../pipeline/PipelinePreview.ts';
import type { PipelineProblems } from '../pipeline/PipelineProblems.ts';
import { chooseScript } from '../run/chooseScript.ts';
import { requireTrust } from '../run/requireTrust.ts';
import type { Handlers } from './registerCommands.ts';

type PipelineCommand =
  | 'hone.createPipeline'
  | 'hone.regeneratePipeline'
  | 'hone.writePipeline'
  | 'hone.commitPipeline'
  | 'hone.validatePipeline'
  | 'hone.setUpJenkins';

/** What the commands work with, beside the rest. */
export interface PipelineParts {
  readonly preview: PipelinePreview;
  readonly problems: PipelineProblems;
  readonly logins: JenkinsLogins;
}

/** The commands that make Jenkins files, show them, write them, and have a Jenkins judge them. */
export function pipelineCommands(parts: Parts, own: PipelineParts): Pick<Handlers, PipelineCommand> {
  const { preview, logins } = own;
  return {
    'hone.createPipeline': () => create(parts, own),
    'hone.regeneratePipeline': async (argument) => {
      await requireTrust(QUESTION);
      const folder = folderOf(argument instanceof Uri ? argument : window.activeTextEditor?.document.uri);
      await show(own, { folder, proposal: await plan(parts, { folder }) });
    },
    'hone.writePipeline': async () => {
      const shown = await write(parts, preview);
      if (shown !== null) void window.showInformationMessage(`Hone: wrote ${namesOf(shown.proposal)}.`);
    },
    'hone.commitPipeline': async () => {
      const shown = await write(parts, preview);
      if (shown === null) return;
      const commit = await (await parts.host.get()).commitPipeline(shown.folder, shown.proposal);
      void window.showInformationMessage(
        commit === null
          ? 'Hone: the last commit has these files already.'
          : `Hone: wrote ${namesOf(shown.proposal)}, and committed them as ${commit.slice(0, 10)}.`,
      );
    },
    'hone.validatePipeline': async (argument) => validate(parts, own, await documentOf(argument)),
    'hone.setUpJenkins': () => logins.ask(),
  };
}

const QUESTION =
  'Hone asks git about this folder, which may run what is set up in it. It does that only in a folder that you trust.';

async function create(parts: Parts, own: PipelineParts): Promise<void> {
  await requireTrust(QUESTION);
  const { folder, path } = await chooseScript(parts.workspace, parts.scripts);
  const hone = await parts.host.get();
  const usual = await hone.answerPipeline({ folder, script: path }, new AbortController().signal);
  await show(own, { folder, proposal: await plan(parts, { folder, ...(await askPipeline(usual)) }) });
}

async function plan({ host }: Parts, choice: PipelineChoice): Promise<PipelineProposal> {
  const hone = await host.get();
  return hone.planPipeline(choice, new AbortController().signal);
}

async function show({ preview }: PipelineParts, shown: ShownPipeline): Promise<void> {
  const { changes, notes } = shown.proposal;
  if (changes.length === 0) {
    void window.showInformationMessage('Hone: the Jenkins files are as they would be generated.');
    return;
  }
  for (const note of notes) void window.showWarningMessage(`Hone: ${note}`);
  await preview.show(shown);
}

/** Writes what is looked at, and opens the first file of it; null where nothing is looked at. */
async function write({ host }: Parts, preview: PipelinePreview): Promise<ShownPipeline | null> {
  await requireTrust(QUESTION);
  const { shown } = preview;
  if (shown === null) throw new HoneError('usage', 'No pipeline is shown.', { next: 'Run "Hone: Create Jenkins Pipeline".' });
  const { folder, proposal } = shown;
  const files = proposal.changes.map(({ path }) => join(folder, path));
  const unsaved = workspace.textDocuments.find(({ isDirty, uri }) => isDirty && files.includes(uri.fsPath));
  if (unsaved !== undefined) {
    throw new HoneError('usage', `${basename(unsaved.uri.path)} has unsaved changes.`, { next: 'Save it, and generate again.' });
  }
  await (await host.get()).writePipeline(folder, proposal);
  await preview.close();
  const [first] = proposal.paths;
  if (first !== undefined) await window.showTextDocument(Uri.file(join(folder, first)));
  return shown;
}

function namesOf({ changes }: PipelineProposal): string {
  return changes.map(({ path }) => path).join(', ');
}

/** The folder that generated files belong to. */
function folderOf(file: Uri | undefined): string {
  if (file?.scheme !== 'file') throw new HoneError('usage', 'No generated file is open.', { next: 'Open the Jenkinsfile.' });
  const place = dirname(file.fsPath);
  return basename(place) === 'jenkins' ? dirname(place) : place;
}

async function documentOf(argument: unknown): Promise<TextDocument> {
  if (argument instanceof Uri) return workspace.openTextDocument(argument);
  const document = window.activeTextEditor?.document;
  if (document !== undefined && (document.uri.scheme === PREVIEW_SCHEME || /jenkinsfile/iu.test(document.uri.path)))
    return document;
  throw new HoneError('usage', 'No Jenkinsfile is open.', { next: 'Open the one that is to be validated.' });
}

async function validate({ host }: Parts, { problems, logins }: PipelineParts, document: TextDocument): Promise<void> {
  const login = await logins.get();
  const options = { location: ProgressLocation.Notification, title: `Hone: asking ${login.url}`, cancellable: true };
  const found = await window.withProgress(options, async (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return (await host.get()).validatePipeline(login, document.getText(), abort.signal);
  });
  problems.show(document, found);
  const name = basename(document.uri.path);
  if (found.length === 0) void window.showInformationMessage(`Hone: ${login.url} accepts ${name}.`);
  else void window.showWarningMessage(`Hone: ${login.url} does not accept ${name}: ${found[0]?.message}`);
}
