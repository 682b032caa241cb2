// `npm run bench`: sets up what is missing and runs the benches of test/bench with Node 24.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installCodeServer } from './codeServer.mjs';
import { dockerSettings } from './dockerEngine.mjs';
import { node24, root, toolEnvironment } from './places.mjs';
import { pythonEnvironment } from './pythonEnvironment.mjs';
import { setUp } from './setup.mjs';

try {
  await setUp(console.log);
  const python = await pythonEnvironment('venv', join(root, 'test', 'requirements.txt'), console.log);
  await installCodeServer(console.log);
  const docker = await dockerSettings(console.log);
  const env = {
    ...toolEnvironment(),
    ...(python === null ? {} : { HONE_TEST_PYTHON: python }),
    ...(docker === null ? {} : { HONE_TEST_DOCKER: '1', HONE_TORCH_INDEX_URL: '', ...docker }),
  };
  // Some benches import TypeScript, and package.json must not call the bundles ES modules.
  const nodeArguments = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', join('test', 'bench', 'run.mjs')];
  const runner = spawn(node24, [...nodeArguments, ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' });
  runner.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
