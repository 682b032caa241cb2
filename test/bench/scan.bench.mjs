// Scanning a folder of 10,000 Python files, cold, against plainly reading every file of it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { WorkerScriptScanner } from '../../src/adapters/scanner/WorkerScriptScanner.ts';

const FILES = 10_000;
const GOAL_SECONDS = 3;
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @returns {Promise<{ name: string, value: number, unit: string, goal: string, ok: boolean, detail: string }[]>} */
async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'hone-scan-bench-'));
  try {
    const bytes = writeProject(folder);
    const reading = readPlainly(folder);
    const { seconds, found, longestPauseMs } = await scan(folder);
    const ratio = seconds / reading;
    const detail = `${FILES} files, ${(bytes / 1e6).toFixed(0)} MB: read in ${reading.toFixed(2)} s, scanned in ${seconds.toFixed(2)} s, ${found} scripts found`;
    const expected = FILES / 20;
    return [
      {
        name: 'scan, cold',
        value: seconds,
        unit: 's',
        goal: `< ${GOAL_SECONDS} s`,
        ok: seconds < GOAL_SECONDS && found === expected,
        detail,
      },
      { name: 'scan / plain reading', value: ratio, unit: '×', goal: 'reported', ok: true, detail },
      {
        name: 'longest pause of the caller',
        value: longestPauseMs,
        unit: 'ms',
        goal: '< 50 ms',
        ok: longestPauseMs < 50,
        detail: 'event-loop delay in the thread that asked for the scan',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scan(folder) {
  const scanner = new WorkerScriptScanner({
    worker: join(root, 'dist', 'scanWorker.js'),
    runtimeWasm: join(root, 'dist', 'web-tree-sitter.wasm'),
    pythonWasm: join(root, 'dist', 'tree-sitter-python.wasm'),
  });
  let longestPauseMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longestPauseMs = Math.max(longestPauseMs, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const start = performance.now();
  let found = 0;
  for await (const script of scanner.scan({ folder }, new AbortController().signal)) if (script.trains) found++;
  const seconds = (performance.now() - start) / 1000;
  clearInterval(timer);
  scanner.dispose();
  return { seconds, found, longestPauseMs };
}

function readPlainly(folder) {
  const start = performance.now();
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += readFileSync(join(entry.parentPath, entry.name)).length;
  }
  if (bytes === 0) throw new Error('The project is empty.');
  return (performance.now() - start) / 1000;
}

function writeProject(folder) {
  let bytes = 0;
  for (let index = 0; index < FILES; index++) {
    const directory = join(folder, `package${index % 40}`, `part${index % 7}`);
    if (index < 280) mkdirSync(directory, { recursive: true });
    const size = 2000 + ((index * 7919) % 18_000);
    const text = index % 20 === 0 ? trainingScript(index, size) : plainModule(index, size);
    bytes += text.length;
    writeFileSync(join(directory, `module_${index}.py`), text);
  }
  return bytes;
}

function plainModule(index, size) {
  let text = `import os\nimport json\nfrom collections import defaultdict\n\n"""Reports, part ${index}."""\n`;
  for (let part = 0; text.length < size; part++) text += helperFunction(part);
  return text;
}

function trainingScript(index, size) {
  let text =
    'import numpy as np\nfrom sklearn.model_selection import train_test_split\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.metrics import accuracy_score\n\n';
  for (let part = 0; text.length < size - 600; part++) text += helperFunction(part);
  return `${text}
def main():
    data = np.load("data_${index}.npz")
    X_train, X_test, y_train, y_test = train_test_split(data["x"], data["y"], test_size=0.2)
    model = RandomForestClassifier(n_estimators=${100 + (index % 50)})
    model.fit(X_train, y_train)
    print("accuracy", accuracy_score(y_test, model.predict(X_test)))


if __name__ == "__main__":
    main()
`;
}

function helperFunction(part) {
  return `

def collect_${part}(rows, limit=${part + 10}):
    """Collects what belongs together."""
    found = defaultdict(list)
    for number, row in enumerate(rows):
        if number > limit and row.get("kind") != "total":
            found[row["kind"]].append({"value": row["value"] * 2, "name": row["name"].strip()})
    return {kind: sorted(entries, key=lambda entry: entry["value"]) for kind, entries in found.items()}
`;
}

export default { name: 'scan', run };

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const row of await run())
    console.log(`${row.ok ? 'ok ' : 'BAD'} ${row.name}: ${row.value.toFixed(2)} ${row.unit} (goal ${row.goal}) ${row.detail}`);
}
