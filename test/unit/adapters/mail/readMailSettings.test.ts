import { expect, test } from 'vitest';
import { mailEnvironment, readMailSettings, takeMailSecrets } from '../../../../src/adapters/mail/readMailSettings.ts';
import { NO_MAIL } from '../../../../src/core/ports/MailSettings.ts';

test('nothing is set up by nothing', () => {
  expect(readMailSettings({})).toEqual(NO_MAIL);
  expect(takeMailSecrets({})).toEqual({ password: null, webhookUrl: null });
});

test('a server is named by its parts, or by one address', () => {
  const parts = { HONE_SMTP_HOST: 'mail.example.org', HONE_SMTP_PORT: '2525', HONE_SMTP_SECURITY: 'tls', HONE_SMTP_USER: 'ada' };
  const named = { ...NO_MAIL, host: 'mail.example.org', port: 2525, security: 'tls', user: 'ada' };
  expect(readMailSettings(parts)).toEqual(named);
  expect(readMailSettings({ HONE_SMTP_URL: 'smtps://ada@mail.example.org:2525' })).toEqual(named);
  expect(readMailSettings({ ...parts, HONE_SMTP_URL: 'smtp://eve@elsewhere.example' })).toEqual(named);
});

test('what makes no sense counts as absent', () => {
  const odd = {
    HONE_SMTP_HOST: ' ',
    HONE_SMTP_URL: 'http://x',
    HONE_SMTP_PORT: '0',
    HONE_SMTP_SECURITY: 'yes',
    HONE_MAIL_TO: 'ada, @',
  };
  expect(readMailSettings(odd)).toEqual(NO_MAIL);
});

test('settings survive the way to a supervisor', () => {
  const settings = { host: 'h', port: null, security: 'none', user: null, from: 'f@h', to: ['a@h', 'b@h'] } as const;
  expect(readMailSettings({ HONE_SMTP_USER: 'left over', ...mailEnvironment(settings) })).toEqual(settings);
});

test('secrets are taken out of the environment, the address with a password too', () => {
  const environment = { HONE_SMTP_URL: 'smtp://ada:a%20b@h', HONE_WEBHOOK_URL: 'https://h/secret', PATH: '/bin' };
  expect(takeMailSecrets(environment)).toEqual({ password: 'a b', webhookUrl: 'https://h/secret' });
  expect(environment).toEqual({ PATH: '/bin' });
  expect(takeMailSecrets({ HONE_SMTP_URL: 'smtp://ada:url@h', HONE_SMTP_PASSWORD: 'own' }).password).toBe('own');
});
