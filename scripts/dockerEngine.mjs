import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './places.mjs';
import { runCommand } from './runCommand.mjs';

/** What stands in for the official image where no registry can be reached. */
const STAND_IN = 'hone-test/python:3.11';

const STAND_IN_PACKAGES = 'python3,python3-venv,python3-pip,ca-certificates';

/** The version of the engine that answers; null where none does. */
async function engineVersion() {
  const format = ['version', '--format', '{{.Server.Version}}'];
  const { code, stdout } = await runCommand('docker', format, { env: process.env, timeoutMs: 15_000 });
  return code === 0 ? stdout.trim() : null;
}

/**
 * The settings, as environment variables, with which images can be built here; null where there is no engine or no base image,
 * which is said. Certificates that this machine's programs are told to trust are trusted in builds as well.
 * @param {(sentence: string) => void} say
 * @returns {Promise<Record<string, string> | null>}
 */
export async function dockerSettings(say) {
  if ((await engineVersion()) === null) {
    say('No Docker engine answers.');
    return null;
  }
  const baseImage = await findBaseImage(say);
  if (baseImage === null) {
    say('No base image can be had: no registry answers.');
    return null;
  }
  const certificates = process.env.HONE_CA_BUNDLE || process.env.SSL_CERT_FILE;
  return { HONE_BASE_IMAGE: baseImage, ...(certificates ? { HONE_CA_BUNDLE: certificates } : {}) };
}

/**
 * A base image that this engine has or can get: the one that HONE_BASE_IMAGE names, the official one, or a stand-in, which is
 * made from Debian's packages where the machine can (root, debootstrap). Null where there is none.
 * @param {(sentence: string) => void} say
 */
async function findBaseImage(say) {
  const chosen = process.env.HONE_BASE_IMAGE;
  if (chosen) return chosen;
  const official = officialImage();
  if (await isPresent(official)) return official;
  // There is one only where no registry answered before, which takes long to find out.
  if (await isPresent(STAND_IN)) return STAND_IN;
  if (await pull(official, say)) return official;
  return (await bootstrap(say)) ? STAND_IN : null;
}

/** As the extension names it, so that the two never differ. */
function officialImage() {
  const catalog = readFileSync(join(root, 'src', 'core', 'images', 'imageCatalog.ts'), 'utf8');
  const image = /DEFAULT_BASE_IMAGE = '([^']+)'/.exec(catalog)?.[1];
  if (image === undefined) throw new Error('src/core/images/imageCatalog.ts names no DEFAULT_BASE_IMAGE.');
  return image;
}

async function isPresent(image) {
  return (await runCommand('docker', ['image', 'inspect', image], { env: process.env })).code === 0;
}

/** A registry that is cut off lets the client wait for minutes, one that answers says something at once. */
async function pull(image, say) {
  say(`Fetching ${image}.`);
  const limits = { firstOutputMs: 15_000, timeoutMs: 600_000 };
  return (await runCommand('docker', ['pull', image], { env: process.env, ...limits })).code === 0;
}

async function bootstrap(say) {
  const version = await runCommand('debootstrap', ['--version'], { env: process.env });
  if (version.code !== 0 || process.getuid?.() !== 0) return false;
  say(`No registry answers: making ${STAND_IN} from Debian's packages, about two minutes.`);
  const folder = mkdtempSync(join(tmpdir(), 'hone-base-'));
  try {
    const system = join(folder, 'system');
    const made = await runCommand('debootstrap', ['--variant=minbase', `--include=${STAND_IN_PACKAGES}`, 'bookworm', system], {
      env: process.env,
    });
    if (made.code !== 0) throw new Error(`debootstrap failed:\n${made.output.slice(-2000)}`);
    await importFolder(system, STAND_IN);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importFolder(folder, image) {
  const archive = `${folder}.tar`;
  for (const [program, ...programArguments] of [
    ['tar', '-C', folder, '-cf', archive, '.'],
    ['docker', 'import', archive, image],
  ]) {
    const { code, output } = await runCommand(program, programArguments, { env: process.env });
    if (code !== 0) throw new Error(`${program} failed: ${output.trim()}`);
  }
}
