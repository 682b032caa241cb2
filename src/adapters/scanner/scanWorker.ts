import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createParseSyntax } from '../../core/python/parseSyntax.ts';
import { unreadableScript } from '../../core/scan/analyzeScript.ts';
import type { Script } from '../../core/scan/Script.ts';
import { describeFailure, FileAnalyzer } from './FileAnalyzer.ts';
import { displayPath } from './ModuleLoader.ts';
import type { Batch, FromWorker, ToWorker, WorkerData } from './scanMessages.ts';
import type { InspectRequest, SpaceAnswer, SpaceRequest } from './spaceMessages.ts';
import { walkPythonFiles } from './walkPythonFiles.ts';

/** Files between two reports of a walk, and time between two looks at the messages. */
const REPORT_EVERY = 256;
const PAUSE_MS = 25;
const aborted = new Set<number>();
const { runtimeWasm, pythonWasm, progress } = workerData as WorkerData;
const analyzer = createParseSyntax({ runtime: readFileSync(runtimeWasm), python: readFileSync(pythonWasm) }).then(
  (parse) => new FileAnalyzer(parse),
);
let lastScan = 0;

// What goes wrong in here ends the thread; the scanner starts another and leaves out the file that was being read.
parentPort?.on('message', (message: ToWorker | SpaceRequest | InspectRequest) => {
  if (message.type === 'abort') aborted.add(message.id);
  else if (message.type === 'space') void space(message);
  else if (message.type === 'inspect') void inspect(message);
  else if (message.type === 'walk') void walk(message.id, message.folder, message.path);
  else void read(message);
});

async function space({ id, path, folder, assignment, seed, words }: SpaceRequest): Promise<void> {
  const files = await analyzer;
  const found = files.space(path, folder, words);
  const answer: SpaceAnswer =
    typeof found === 'string'
      ? { type: 'space-problem', id, problem: found }
      : { type: 'space', id, space: found, files: assignment === null ? {} : files.edit(found, folder, assignment, seed) };
  parentPort?.postMessage(answer);
}

async function inspect({ id, path, folder, text, words }: InspectRequest): Promise<void> {
  const found = (await analyzer).inspect(path, folder, text, words);
  const answer: SpaceAnswer =
    typeof found === 'string' ? { type: 'space-problem', id, problem: found } : { type: 'inspection', id, inspection: found };
  parentPort?.postMessage(answer);
}

async function walk(id: number, folder: string, path: string): Promise<void> {
  let files: string[] = [];
  let unreadable: Script[] = [];
  let paused = performance.now();
  for (const entry of walkPythonFiles(path)) {
    if (entry.type === 'file') files.push(entry.path);
    else unreadable.push(unreadableScript(displayPath(entry.path, folder), describeFailure(entry.code)));
    if (files.length >= REPORT_EVERY) {
      post({ type: 'files', id, files, unreadable });
      files = [];
      unreadable = [];
    }
    if (performance.now() - paused < PAUSE_MS) continue;
    // Lets an abort through.
    await setImmediate();
    if (aborted.delete(id)) break;
    paused = performance.now();
  }
  post({ type: 'files', id, files, unreadable });
  post({ type: 'walked', id });
}

async function read(batch: Batch): Promise<void> {
  const reader = await analyzer;
  if (batch.id !== lastScan) reader.reset();
  lastScan = batch.id;
  const scripts: Script[] = [];
  Atomics.store(progress, 0, batch.number);
  for (const [index, path] of batch.files.entries()) {
    Atomics.store(progress, 1, index);
    const script = reader.analyze(path, batch.folder);
    if (script.trains || batch.all) scripts.push(script);
  }
  post({ type: 'scripts', id: batch.id, number: batch.number, files: batch.files.length, scripts });
}

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}
