import { describe, expect, test } from 'vitest';
import { checkMachine } from '../../../src/app/checkMachine.ts';
import type { Check } from '../../../src/app/Hone.ts';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';
import { HoneError } from '../../../src/base/HoneError.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../../src/core/images/ImageSettings.ts';
import type { StoredImage } from '../../../src/core/ports/EngineStorage.ts';
import { NO_MAIL } from '../../../src/core/ports/MailSettings.ts';
import type { KeptMail } from '../../../src/core/ports/Outbox.ts';
import type { MachineInspector } from '../../../src/core/ports/MachineInspector.ts';
import { FakeMailer } from '../../fakes/FakeMailer.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const machine: MachineInspector = {
  engine: async () => ({
    name: 'Docker 28.2.2',
    place: 'unix:///s (DOCKER_HOST)',
    apiVersion: '1.50',
    rootless: true,
    builds: true,
    gpus: true,
    cpus: 4,
    memoryBytes: 16e9,
  }),
  image: async () => ({ from: 'registry', reason: '' }),
  index: async () => ({ status: 200 }),
  interpreter: async () => ({ version: '3.11.7', frameworks: { torch: '2.1.0', xgboost: '' } }),
  folder: async () => ({ writable: true, freeBytes: 80e9 }),
};

const nowhere = new FakeMailer();
nowhere.address = null;

function image(changes: Partial<StoredImage>): StoredImage {
  return { id: 'sha256:1', name: 'hone/keras:1', bytes: 2e9, createdAt: 100 * DAY_MS, used: false, ...changes };
}

/** What `doctor` finds on a machine that differs from a healthy one. */
async function check(
  changes: Partial<MachineInspector>,
  settings: Partial<ImageSettings> = {},
  images: readonly StoredImage[] = [],
  mail: FakeMailer = nowhere,
  waiting: readonly KeptMail[] = [],
): Promise<readonly Check[]> {
  const ports = {
    machine: { ...machine, ...changes },
    imageSettings: () => ({ ...DEFAULT_IMAGE_SETTINGS, ...settings }),
    storage: () => ({ images: async () => images }),
    findInterpreter: async () => '/usr/bin/python3',
    project: { readConfiguration: async () => ({}) },
    gitVersion: async () => '2.39.5',
    mailers: { mail, webhook: nowhere },
    mailSettings: () => NO_MAIL,
    outbox: { read: async () => ({ waiting, refused: [] }) },
    now: () => 101 * DAY_MS,
  } as unknown as HonePorts;
  return checkMachine(ports, '/work', new AbortController().signal);
}

async function find(name: Check['name'], ...given: Parameters<typeof check>): Promise<readonly Check[]> {
  return (await check(...given)).filter((candidate) => candidate.name === name);
}

describe('doctor', () => {
  test('finds nothing wrong with a healthy machine, and says what it has', async () => {
    const checks = await check({});
    expect(checks.every(({ state }) => state === 'ok')).toBe(true);
    expect(checks.map(({ text }) => text)).toEqual([
      'Docker 28.2.2 (API 1.50) answers at unix:///s (DOCKER_HOST): 4 CPUs, 16.0 GB of memory, rootless, GPUs (`gpus: all` in hone.yaml).',
      'It builds images with BuildKit.',
      'No image was built yet; the first run of a framework builds one.',
      'Optuna, which leads searches, is built by the first study; where it cannot be, values are drawn at random.',
      'The base image python:3.11-slim can be pulled.',
      'The package index at pypi.org answers.',
      'The index of PyTorch wheels at download.pytorch.org answers.',
      'Python 3.11.7 at /usr/bin/python3 trains without containers: it has torch 2.1.0, xgboost.',
      '/work can be written to; 80 GB are free.',
      'git 2.39.5.',
      'Mail is not set up; nothing is sent.',
    ]);
  });

  test('says so of an engine that is absent, and looks at the rest', async () => {
    const absent = new HoneError('engine-absent', 'No engine listens.', { next: 'Start it.' });
    const checks = await check({ engine: () => Promise.reject(absent) });
    expect(checks[0]).toEqual({ name: 'engine', state: 'warning', text: 'No engine listens.', next: 'Start it.' });
    expect(checks.map(({ name }) => name)).toEqual(['engine', 'index', 'index', 'interpreter', 'folder', 'git', 'mail']);
  });

  test('survives what nobody expected of one look', async () => {
    const [folder] = await find('folder', { folder: () => Promise.reject(new Error('EIO')) });
    expect(folder).toEqual({ name: 'folder', state: 'error', text: 'EIO', next: null });
  });

  test.each([
    [{ status: 401 }, /refuses the login \(401\)/, /netrc/],
    [{ status: 404 }, /answers with 404/, /hone\.images\.indexUrl/],
    [{ failure: 'ENOTFOUND' }, /cannot be reached \(ENOTFOUND\)/, /network/],
    [{ failure: 'SELF_SIGNED_CERT_IN_CHAIN' }, /certificate that is not trusted/, /caBundle/],
  ])('names an index that answers %j, without its login', async (answer, text, next) => {
    const settings = { indexUrl: 'https://someone:secret@corp:8/simple', torchIndexUrl: '' };
    const [index, ...others] = await find('index', { index: async () => answer }, settings);
    expect(index).toMatchObject({ state: 'warning', text: expect.stringMatching(text), next: expect.stringMatching(next) });
    expect(index?.text).toContain('The package index at corp:8');
    expect(JSON.stringify(index)).not.toContain('secret');
    expect(others).toEqual([]);
  });

  test('tells which images nobody needs any more', async () => {
    const images = [image({}), image({ name: 'sha256:1' }), image({ createdAt: 0 }), image({ createdAt: 0, used: true })];
    const [found] = await find('images', {}, {}, images);
    expect(found?.text).toMatch(/^4 images built, at most 8\.0 GB: /);
    expect(found?.next).toMatch(/^2 images \(at most 4\.0 GB\) went unused .* `hone clean`/);
  });

  test('tells that the suggester is there', async () => {
    const [found] = await find('suggester', {}, {}, [image({}), image({ name: 'hone/suggester:7' })]);
    expect(found?.text).toBe('Optuna leads searches, in hone/suggester:7.');
  });

  test('tells a folder that cannot be written to, and a disk that is nearly full', async () => {
    const [locked] = await find('folder', { folder: async () => ({ writable: false, freeBytes: 80e9 }) });
    expect(locked).toMatchObject({ state: 'error', text: '/work cannot be written to.' });
    const [full] = await find('folder', { folder: async () => ({ writable: true, freeBytes: 1e9 }) });
    expect(full).toMatchObject({ state: 'warning', text: '/work can be written to, but only 1 GB are free.' });
  });

  test('tells a base image that is nowhere, a builder that is too old, and a Python without frameworks', async () => {
    const [registry] = await find(
      'registry',
      { image: async () => ({ from: null, reason: 'denied' }) },
      { registryMirror: 'm/' },
    );
    expect(registry?.text).toBe('The base image m/python:3.11-slim is not on this machine and cannot be pulled: denied.');
    const old = { ...(await machine.engine()), builds: false };
    expect((await find('builder', { engine: async () => old }))[0]).toMatchObject({ state: 'warning' });
    const bare = { interpreter: async () => ({ version: '3.9.1', frameworks: {} }) };
    expect((await find('interpreter', bare))[0]?.next).toContain('--make-venv');
  });

  test('tells whether mail could be sent, and what waits', async () => {
    const mail = new FakeMailer();
    expect((await find('mail', {}, {}, [], mail))[0]).toMatchObject({
      state: 'ok',
      text: 'Mail goes through fake:25 to whom hone.yaml names as `notify.to`.',
    });
    const problem = { reason: 'Nothing listens at fake:25.', next: 'Start it.' };
    mail.answer = { state: 'delayed', ...problem };
    const kept: KeptMail = { channel: 'mail', subject: 's-1 failed', writtenAt: 0, problem };
    expect(await find('mail', {}, {}, [], mail, [kept, kept])).toEqual([
      { name: 'mail', state: 'warning', text: problem.reason, next: problem.next },
      { name: 'mail', state: 'warning', text: '2 mails wait: Nothing listens at fake:25.', next: problem.next },
    ]);
  });
});
