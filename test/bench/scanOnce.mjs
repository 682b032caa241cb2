// A process of its own for the scan bench: `read FOLDER` reads every file plainly, `scan FOLDER FILE` scans the folder, then one file
// over and over. Prints one JSON document.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createScriptScanner } from '../../src/adapters/scanner/createScriptScanner.ts';

const ROUNDS = 60;
const WARM_UP = 10;
const TICK_MS = 5;

const [mode, folder, file] = process.argv.slice(2);
console.log(JSON.stringify(mode === 'read' ? readPlainly() : await scan()));

function readPlainly() {
  const start = performance.now();
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += readFileSync(join(entry.parentPath, entry.name)).length;
  }
  return { seconds: (performance.now() - start) / 1000, bytes };
}

async function scan() {
  const scanner = createScriptScanner({ distDirectory: join(dirname(dirname(import.meta.dirname)), 'dist') });
  const watch = watchPauses();
  const cpu = process.cpuUsage();
  const start = performance.now();
  let found = 0;
  for await (const script of scanner.scan({ folder }, new AbortController().signal)) if (script.trains) found++;
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const longestPauseMs = watch();
  const oneFileMs = await scanOneFile(scanner);
  scanner.dispose();
  return { seconds, cpuSeconds: (user + system) / 1e6, found, longestPauseMs, oneFileMs };
}

/** Median time of scanning one file, once it is warm. */
async function scanOneFile(scanner) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for await (const script of scanner.scan({ folder, path: file }, new AbortController().signal))
      if (!script.trains) return Infinity;
    times.push(performance.now() - start);
  }
  const sorted = times.slice(WARM_UP).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Watches for how long at most a timer of this thread is late; the result ends the watch. */
function watchPauses() {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return longest;
  };
}
