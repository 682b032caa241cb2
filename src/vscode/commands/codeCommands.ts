import { window, workspace, Uri } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import { codeLocation, openCode, type CodeTarget } from '../code/codeLocation.ts';
import { changeRange, fixValue, resetRange } from '../code/changeRange.ts';
import type { Parts } from '../Parts.ts';
import { readSettings } from '../settings/readSettings.ts';
import { SETTING_KEYS } from '../settings/EditorSettings.ts';
import type { ScriptNode } from '../scripts/ScriptNode.ts';
import type { FileInFolder } from '../Workspace.ts';
import { scriptArgument, textArgument } from './arguments.ts';
import type { Handlers } from './registerCommands.ts';

type CodeCommand =
  | 'hone.openCode'
  | 'hone.revealScript'
  | 'hone.setRange'
  | 'hone.fixValue'
  | 'hone.resetRange'
  | 'hone.explainFinding'
  | 'hone.ignoreFinding';

/** The commands on what is shown of a script's code: by nodes of the Scripts tree, and by actions in the code itself. */
export function codeCommands(parts: Parts): Pick<Handlers, CodeCommand> {
  return {
    'hone.openCode': (argument) => show(parts, nodeOf(argument)),
    'hone.revealScript': async (argument) => {
      const file = scriptArgument(argument, parts.workspace) ?? parts.workspace.activeFile();
      if (file !== null) await parts.scriptsTree.reveal(file);
    },
    'hone.setRange': (argument) => changeRange(parts.host, nodeOf(argument)),
    'hone.fixValue': (argument) => fixValue(parts.host, nodeOf(argument)),
    'hone.resetRange': (argument) => resetRange(parts.host, nodeOf(argument)),
    'hone.explainFinding': (file, code) => explain(parts, fileOf(file), code),
    'hone.ignoreFinding': (file, code) => ignore(fileOf(file), code),
  };
}

/** The value is looked up by its id in the text as it is now: the tree shows the one that was saved. */
async function show({ inspections }: Parts, node: ScriptNode): Promise<void> {
  if (!('script' in node)) return;
  const { folder, script } = node;
  const space = (await inspections.of({ folder, path: script.path }))?.space;
  await openCode(
    folder,
    targetOf(node, script.path, (id) => space?.hyperparameters.find((other) => other.id === id)),
  );
}

function targetOf(node: ScriptNode, path: string, find: (id: string) => CodeTarget | undefined): CodeTarget {
  if (node.kind === 'value') return find(node.hyperparameter.id) ?? node.hyperparameter;
  if (node.kind === 'structure') return node.structure;
  if (node.kind === 'fixedValue') return find(node.value.id ?? '') ?? node.value;
  if (node.kind === 'evidence') return { ...node.evidence, path };
  return { path, line: 1 };
}

async function explain({ inspections }: Parts, file: FileInFolder, code: unknown): Promise<void> {
  const finding = (await inspections.of(file))?.findings.find((other) => other.code === code);
  if (finding === undefined) return;
  const [evidence] = finding.evidence;
  const there = evidence === undefined ? [] : ['Show the Other Place'];
  const answer = await window.showInformationMessage(finding.message, { modal: true, detail: finding.explanation }, ...there);
  if (answer === undefined || evidence === undefined) return;
  const { uri, range } = codeLocation(file.folder, evidence.place);
  await window.showTextDocument(uri, { selection: range });
}

async function ignore({ folder, path }: FileInFolder, code: unknown): Promise<void> {
  if (typeof code !== 'string') return;
  const uri = Uri.file(folder);
  const { ignoredFindings } = readSettings(uri);
  const codes = [...new Set([...(ignoredFindings[path] ?? []), code])];
  await workspace.getConfiguration(undefined, uri).update(SETTING_KEYS.ignoredFindings, { ...ignoredFindings, [path]: codes });
}

function nodeOf(argument: unknown): ScriptNode {
  const kind = textArgument(argument, 'kind');
  if (kind === null)
    throw new HoneError('usage', 'No value was named.', { next: 'Choose one below a script in the Scripts view.' });
  return argument as ScriptNode;
}

function fileOf(argument: unknown): FileInFolder {
  const folder = textArgument(argument, 'folder');
  const path = textArgument(argument, 'path');
  if (folder === null || path === null) throw new HoneError('usage', 'No script was named.');
  return { folder, path };
}
