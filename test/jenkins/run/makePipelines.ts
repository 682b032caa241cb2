import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StudyDocument } from '../../../src/core/study/studyDocument.ts';
import type { Build } from './Build.ts';
import { archiveOf } from './Controller.ts';
import type { Repository } from './makeRepository.ts';

const commandLine = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** Puts a command `hone` into a folder, and gives the PATH that finds it: what an agent has installed. */
export function installHone(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'hone');
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${commandLine}' "$@"\n`);
  chmodSync(path, 0o755);
  return `${folder}${delimiter}${process.env['PATH']}`;
}

/** Generates pipelines in a folder of a repository's clone, as a developer does, and pushes them. */
export function pushPipelines(repository: Repository, args: readonly string[], folder = '.'): void {
  execFileSync(process.execPath, [commandLine, 'pipeline', '--write', '--hone', 'hone', ...args], {
    cwd: join(repository.clone, folder),
    stdio: 'pipe',
  });
  repository.push({});
}

/** What a build archived, as text. Throws where it did not. */
export function archived({ job, number, controller }: Build, path: string): string {
  return readFileSync(join(archiveOf(controller, job.name, number), '.hone', 'ci', 'out', path), 'utf8');
}

/** The result that a build archived. */
export function resultOf(build: Build): StudyDocument {
  return JSON.parse(archived(build, 'result.json')) as StudyDocument;
}
