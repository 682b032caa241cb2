import { readFileSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createParseSyntax } from '../../core/python/parseSyntax.ts';
import { unreadableScript } from '../../core/scan/analyzeScript.ts';
import type { Script } from '../../core/scan/Script.ts';
import { describeFailure, FileAnalyzer } from './FileAnalyzer.ts';
import { displayPath } from './ModuleLoader.ts';
import type { FromWorker, ToWorker, WorkerData } from './scanMessages.ts';
import { walkPythonFiles } from './walkPythonFiles.ts';

const PAUSE_MS = 25;
const aborted = new Set<number>();
const { runtimeWasm, pythonWasm } = workerData as WorkerData;
const analyzer = createParseSyntax({ runtime: readFileSync(runtimeWasm), python: readFileSync(pythonWasm) }).then(
  (parse) => new FileAnalyzer(parse),
);

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'abort') aborted.add(message.id);
  else {
    void scan(message).then(
      () => post({ type: 'done', id: message.id }),
      (error: unknown) =>
        post({ type: 'failed', id: message.id, message: error instanceof Error ? error.message : String(error) }),
    );
  }
});

async function scan(request: Extract<ToWorker, { type: 'scan' }>): Promise<void> {
  const { id, folder, all, share } = request;
  const files = await analyzer;
  files.reset();
  let found: Script[] = [];
  let paused = performance.now();
  let number = 0;
  for (const entry of entriesOf(request.path)) {
    if (number++ % share.count !== share.index) continue;
    const script =
      entry.type === 'file'
        ? files.analyze(entry.path, folder)
        : unreadableScript(displayPath(entry.path, folder), describeFailure(entry.code));
    if (script.trains || all) found.push(script);
    if (performance.now() - paused < PAUSE_MS) continue;
    if (found.length > 0) post({ type: 'scripts', id, scripts: found });
    found = [];
    // Lets an abort through.
    await setImmediate();
    if (aborted.delete(id)) return;
    paused = performance.now();
  }
  if (found.length > 0) post({ type: 'scripts', id, scripts: found });
}

function entriesOf(path: string): ReturnType<typeof walkPythonFiles> | { readonly type: 'file'; readonly path: string }[] {
  return statSync(path).isDirectory() ? walkPythonFiles(path) : [{ type: 'file', path }];
}

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}
