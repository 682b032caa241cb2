import {
  DocumentLink,
  languages,
  Position,
  Range,
  window,
  type Terminal,
  type TerminalLink,
  type TerminalLinkContext,
  type TerminalLinkProvider,
  type TextDocument,
  type Uri,
} from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import { findSource } from './findSource.ts';
import { parseTraceback, sourcePath, type TracebackPlace } from './parseTraceback.ts';

interface SourceLink extends TerminalLink {
  readonly place: TracebackPlace;
  readonly uri: Uri;
}

/** Most lines of a log that are looked through for links. */
const MAX_LINES = 20_000;

/**
 * Makes the lines of tracebacks lead to the user's own file instead of the trial's copy, in the terminals and in opened logs.
 */
export function registerTracebackLinks(studies: WatchedStudies, studyOf: (terminal: Terminal) => StudyRef | null): Disposable {
  const store = new DisposableStore();
  const provider: TerminalLinkProvider<SourceLink> = {
    provideTerminalLinks: (context) => terminalLinks(studies, studyOf, context),
    handleTerminalLink: async ({ uri, place }) => {
      const start = new Position(place.line - 1, 0);
      await window.showTextDocument(uri, { selection: new Range(start, start) });
    },
  };
  store.add(window.registerTerminalLinkProvider(provider));
  store.add(
    languages.registerDocumentLinkProvider(
      { pattern: '**/.hone/studies/*/trials/*/output.log' },
      {
        provideDocumentLinks: (document) => logLinks(studies, document),
      },
    ),
  );
  return store;
}

async function terminalLinks(
  studies: WatchedStudies,
  studyOf: (terminal: Terminal) => StudyRef | null,
  { line, terminal }: TerminalLinkContext,
): Promise<SourceLink[]> {
  const ref = studyOf(terminal);
  if (ref === null) return [];
  const links: SourceLink[] = [];
  for (const place of parseTraceback(line)) {
    const uri = await locate(studies, ref, place);
    if (uri !== null) links.push({ startIndex: place.start, length: place.length, tooltip: 'Open your file', place, uri });
  }
  return links;
}

async function logLinks(studies: WatchedStudies, document: TextDocument): Promise<DocumentLink[]> {
  const ref = studyOfLog(document.uri);
  if (ref === null) return [];
  const links: DocumentLink[] = [];
  for (let row = 0; row < Math.min(document.lineCount, MAX_LINES); row += 1) {
    for (const place of parseTraceback(document.lineAt(row).text)) {
      const uri = await locate(studies, ref, place);
      if (uri === null) continue;
      const range = new Range(row, place.start, row, place.start + place.length);
      links.push(new DocumentLink(range, uri.with({ fragment: `L${place.line}` })));
    }
  }
  return links;
}

/** The study that a log belongs to, by its path. */
function studyOfLog(uri: Uri): StudyRef | null {
  const match = /^(.+)[\\/]\.hone[\\/]studies[\\/]([^\\/]+)[\\/]/.exec(uri.fsPath);
  return match === null ? null : { folder: match[1] ?? '', id: match[2] ?? '' };
}

async function locate(studies: WatchedStudies, ref: StudyRef, place: TracebackPlace): Promise<Uri | null> {
  return findSource(ref, sourcePath(place.path, studies.get(ref)?.root ?? ''));
}
