import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withPipSettings } from '../../../src/adapters/withPipSettings.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../../src/core/images/ImageSettings.ts';

const directory = mkdtempSync(join(tmpdir(), 'hone-pip-'));
const user = join(directory, 'user.conf');
const machine = join(directory, 'machine.conf');
const certificates = join(directory, 'ca.pem');
writeFileSync(certificates, '');
writeFileSync(
  user,
  `# mine\n[global]\nindex-url = https://user/simple\nextra_index_url =\n    https://one/simple\n    https://two/simple\n[install]\ncert: ${certificates}\n`,
);
writeFileSync(machine, '[global]\nindex-url = https://machine/simple\n');
afterAll(() => rmSync(directory, { recursive: true }));

const files = [user, join(directory, 'absent.conf'), machine];

test("images take their packages from where pip's settings say", () => {
  expect(withPipSettings(DEFAULT_IMAGE_SETTINGS, { environment: {}, files })).toMatchObject({
    indexUrl: 'https://user/simple',
    extraIndexUrls: ['https://one/simple', 'https://two/simple'],
    caBundle: certificates,
  });
  expect(withPipSettings(DEFAULT_IMAGE_SETTINGS, { environment: {}, files: [machine] }).indexUrl).toBe('https://machine/simple');
});

test("the environment is stronger than pip's files, and Hone's own settings are stronger than both", () => {
  const environment = { PIP_INDEX_URL: 'https://environment/simple', REQUESTS_CA_BUNDLE: join(directory, 'gone.pem') };
  expect(withPipSettings(DEFAULT_IMAGE_SETTINGS, { environment, files: [machine] })).toMatchObject({
    indexUrl: 'https://environment/simple',
    caBundle: null,
  });
  const own = { ...DEFAULT_IMAGE_SETTINGS, indexUrl: 'https://own/simple', caBundle: '/own.pem' };
  expect(withPipSettings(own, { environment, files })).toMatchObject({ indexUrl: 'https://own/simple', caBundle: '/own.pem' });
});
