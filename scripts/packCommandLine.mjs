// Packs the command line alone as a package that npm installs without anything else: what a build server takes.
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './places.mjs';
import { runCommand } from './runCommand.mjs';

/** What only the editor runs, and what only people read. */
const LEFT_OUT = /^(extension\.js|engine\.js|HoneError\.js|webview|\.built)$|\.map$/;

/** Packs `dist`, as it is built, and `docker` into `file`, which is relative to the repository. */
export async function packCommandLine(file) {
  const draft = await mkdtemp(join(tmpdir(), 'hone-pack-'));
  try {
    const place = join(draft, 'package');
    await mkdir(join(place, 'dist'), { recursive: true });
    for (const name of await readdir(join(root, 'dist'))) {
      if (!LEFT_OUT.test(name)) await cp(join(root, 'dist', name), join(place, 'dist', name), { recursive: true });
    }
    await cp(join(root, 'docker'), join(place, 'docker'), { recursive: true, filter: (path) => !path.includes('__pycache__') });
    const { name, version, description, license, engines, bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    // The bundle has all that it needs in it, so nothing is to be installed beside it.
    const own = { name, version, description, license, engines: { node: engines.node }, bin };
    await writeFile(join(place, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
    await cp(join(root, 'LICENSE'), join(place, 'LICENSE'));
    const { code, output } = await runCommand('npm', ['pack', '--silent', '--pack-destination', draft], { cwd: place });
    if (code !== 0) throw new Error(`npm pack failed: ${output}`);
    await cp(join(draft, `${name}-${version}.tgz`), join(root, file));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
