import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CodeServer, findCodeServer } from '../editor/CodeServer.ts';

const ROUNDS = 5;
const GOAL_MS = 50;
const CHROMIUM = process.env.HONE_CHROMIUM ?? '/usr/bin/chromium';
const root = join(import.meta.dirname, '..', '..');

/**
 * Runs in the extension host: how long does it take to load and activate the one extension under development? It waits first,
 * since a window that is starting keeps the host busy, and both extensions would be measured as slow as that.
 */
const MEASURE = `
exports.run = async () => {
  const extension = require('vscode').extensions.getExtension(process.env.HONE_BENCH_EXTENSION);
  if (extension.isActive) throw new Error('It was active before it was measured.');
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const start = performance.now();
  await extension.activate();
  require('fs').writeFileSync(process.env.HONE_BENCH_RESULT, String(performance.now() - start));
};
`;

/** Loading and activating Hone in a real extension host, against an extension that does nothing. */
export default {
  name: 'activation',
  async run() {
    if (findCodeServer() === null || !existsSync(CHROMIUM)) return [];
    const scratch = await mkdtemp(join(tmpdir(), 'hone-bench-'));
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
    });
    try {
      const empty = await writeEmptyExtension(scratch);
      const hone = { id: 'hone.hone-ml', path: root };
      const times = { empty: [], hone: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        times.empty.push(await activationMs(browser, scratch, empty));
        times.hone.push(await activationMs(browser, scratch, hone));
      }
      return [compare(median(times.hone), median(times.empty))];
    } finally {
      await browser.close();
      await rm(scratch, { recursive: true, force: true });
    }
  },
};

function compare(hone, empty) {
  return {
    name: 'activation over an empty extension',
    value: hone - empty,
    unit: 'ms',
    goal: `at most ${GOAL_MS} ms`,
    ok: hone - empty <= GOAL_MS,
    detail: `${hone.toFixed(1)} ms against ${empty.toFixed(1)} ms (${(hone / empty).toFixed(1)} x); medians of ${ROUNDS} windows`,
  };
}

async function writeEmptyExtension(scratch) {
  const path = join(scratch, 'empty');
  await mkdir(path);
  const manifest = {
    name: 'empty',
    publisher: 'hone-bench',
    version: '1.0.0',
    engines: { vscode: '^1.90.0' },
    main: './extension.js',
    activationEvents: ['onCommand:empty.start'],
    // Else it stays off in a folder that nobody trusts yet.
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  await writeFile(join(path, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(path, 'extension.js'), 'exports.activate = () => {};\n');
  return { id: 'hone-bench.empty', path };
}

/** Opens a window on a folder in which nothing activates the extension, and activates it there. */
async function activationMs(browser, scratch, { id, path }) {
  const folder = join(scratch, 'folder');
  const tests = join(scratch, 'measure.js');
  const result = join(scratch, 'result.txt');
  await mkdir(folder, { recursive: true });
  await writeFile(tests, MEASURE);
  await rm(result, { force: true });
  const server = await CodeServer.start({}, { HONE_BENCH_EXTENSION: id, HONE_BENCH_RESULT: result });
  const page = await browser.newPage();
  try {
    await page.goto(server.address(folder, path, tests));
    return await waitForNumber(result);
  } finally {
    await page.close();
    await server.stop();
  }
}

async function waitForNumber(file) {
  const deadline = performance.now() + 120_000;
  while (performance.now() < deadline) {
    const text = existsSync(file) ? await readFile(file, 'utf8') : '';
    if (text !== '') return Number(text);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The extension host measured nothing within two minutes.');
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
