import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { CodeServer, findCodeServer } from './CodeServer.ts';
import { CHROMIUM, CHROMIUM_FLAGS } from './CodeServerEditor.ts';
import { Project } from './Project.ts';
import { EXTENSION } from './startEditor.ts';

export interface HostResults {
  readonly passed: number;
  /** Title and stack of each. */
  readonly failures: readonly string[];
}

const TIMEOUT_MS = 180_000;

/** Runs the Mocha suites of `host/` inside a real extension host and tells how they went. */
export async function runHostSuites(): Promise<HostResults> {
  const project = await Project.sample('digits-sklearn');
  const directory = await mkdtemp(join(tmpdir(), 'hone-suites-'));
  try {
    const tests = await bundleSuites();
    const results = join(directory, 'results.json');
    const inBrowser = process.env['HONE_EDITOR'] !== 'desktop' && findCodeServer() !== null;
    await (inBrowser ? runInBrowser : runOnDesktop)(project.folder, tests, results);
    return JSON.parse(await readFile(results, 'utf8')) as HostResults;
  } finally {
    await project.remove();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Bundled inside the repository, so that the suites find Mocha. */
async function bundleSuites(): Promise<string> {
  const root = join(import.meta.dirname, '..', '..');
  const outfile = join(root, 'test-results', 'editor', 'host', 'index.js');
  await mkdir(join(outfile, '..'), { recursive: true });
  const entry = join(import.meta.dirname, 'host', 'runMocha.ts');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}

async function runInBrowser(folder: string, tests: string, results: string): Promise<void> {
  const server = await CodeServer.start({}, { HONE_TEST_RESULTS: results });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage();
    const deadline = Date.now() + TIMEOUT_MS;
    await page.goto(server.address(folder, EXTENSION, tests));
    while (!(await isComplete(results))) {
      if (Date.now() > deadline) throw new Error('The suites did not end in time.');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function isComplete(results: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(results, 'utf8'));
    return true;
  } catch {
    return false; // Not written yet, or not to its end.
  }
}

async function runOnDesktop(folder: string, tests: string, results: string): Promise<void> {
  const options = {
    extensionDevelopmentPath: EXTENSION,
    extensionTestsPath: tests,
    extensionTestsEnv: { HONE_TEST_RESULTS: results },
    launchArgs: [folder, '--disable-extensions'],
  };
  // It fails when a suite does; the results tell which.
  await runTests(options).catch((error: unknown) => console.error(error));
}
