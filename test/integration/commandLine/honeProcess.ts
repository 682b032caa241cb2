import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StudyDocument } from '../../../src/core/study/studyDocument.ts';

const commandLine = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** A Python with the frameworks, and whether there is an engine: `npm test` finds out and says so. */
export const testPython = process.env['HONE_TEST_PYTHON'];
export const hasDocker = process.env['HONE_TEST_DOCKER'] === '1';

export interface HoneResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The bundled command line, as a user's shell would start it. */
export function startHone(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  stdin: 'ignore' | 'pipe' = 'ignore',
): { readonly child: ChildProcess; readonly done: Promise<HoneResult>; readonly stderr: () => string } {
  const env = { ...process.env, ...(testPython === undefined ? {} : { HONE_PYTHON: testPython }), ...environment };
  const child = spawn(process.execPath, [commandLine, ...args], { cwd: folder, env, stdio: [stdin, 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const done = new Promise<HoneResult>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  return { child, done, stderr: () => stderr };
}

export function hone(folder: string, ...args: readonly string[]): Promise<HoneResult> {
  return startHone(folder, args).done;
}

/** The one JSON document that a command printed. */
export function documentOf(result: HoneResult): StudyDocument {
  return JSON.parse(result.stdout) as StudyDocument;
}

/** A folder of its own with the given files. Its name holds a space, a quote and letters beyond ASCII, as people's do. */
export function makeProject(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'hone-cli-')), "it's ein Größenprojekt");
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
