// Scanning a folder of 10,000 Python files, cold, against plainly reading every file of it, each in a process of its own. The least of a
// few runs counts, which other load on the machine moves least. Making and removing the files is not counted.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const FILES = 10_000;
const RUNS = 3;
const GOAL_SECONDS = 3;
const GOAL_PAUSE_MS = 50;
const GOAL_ONE_FILE_MS = 20;

/** @returns {Promise<{ name: string, value: number, unit: string, goal: string, ok: boolean, detail: string }[]>} */
async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'hone-scan-bench-'));
  try {
    const bytes = writeProject(folder);
    const reads = [];
    const scans = [];
    for (let round = 0; round < RUNS; round++) {
      reads.push(await runOnce('read', folder));
      scans.push(await runOnce('scan', folder, join(folder, 'package0', 'part0', 'module_1400.py')));
    }
    return rowsOf(
      bytes,
      least(reads, 'seconds'),
      least(scans, 'seconds'),
      least(scans, 'longestPauseMs'),
      least(scans, 'oneFileMs'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf(bytes, reading, scan, { longestPauseMs }, { oneFileMs }) {
  const found = scan.found === FILES / 20;
  const detail = `${FILES} files, ${(bytes / 1e6).toFixed(0)} MB, ${scan.found} scripts found, ${scan.cpuSeconds.toFixed(2)} s of processor time`;
  const ratio = `read in ${reading.seconds.toFixed(2)} s, scanned in ${scan.seconds.toFixed(2)} s`;
  return [
    row('scan, cold', scan.seconds, 's', GOAL_SECONDS, detail, found),
    {
      name: 'scan / plain reading',
      value: scan.seconds / reading.seconds,
      unit: '×',
      goal: 'reported',
      ok: found,
      detail: ratio,
    },
    row(
      'longest pause of the caller',
      longestPauseMs,
      'ms',
      GOAL_PAUSE_MS,
      'lateness of a timer in the thread that asked for the scan',
    ),
    row('scan of one file, warm', oneFileMs, 'ms', GOAL_ONE_FILE_MS, 'median, of a script of 18 KB'),
  ];
}

function row(name, value, unit, goal, detail, asExpected = true) {
  return { name, value, unit, goal: `< ${goal} ${unit}`, ok: value < goal && asExpected, detail };
}

async function runOnce(...args) {
  const node = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', join(import.meta.dirname, 'scanOnce.mjs'), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, node);
  return JSON.parse(stdout);
}

function least(results, key) {
  return results.reduce((best, result) => (result[key] < best[key] ? result : best));
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
  // Every second helper is called: a script uses more of what stands in it than a library does.
  let calls = '';
  for (let part = 0; text.length + calls.length < size - 600; part++) {
    text += helperFunction(part);
    if (part % 2 === 0) calls += `    print(collect_${part}(data["rows"]))\n`;
  }
  return `${text}
def main():
    data = np.load("data_${index}.npz")
${calls}    X_train, X_test, y_train, y_test = train_test_split(data["x"], data["y"], test_size=0.2)
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
