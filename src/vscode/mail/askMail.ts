import { window, type InputBoxOptions } from 'vscode';
import { portOf, type MailSecurity, type MailSettings } from '../../core/ports/MailSettings.ts';
import { isMailAddress } from '../../core/study/NoticePlan.ts';

/** A mail server as it was entered. */
export interface MailAnswers {
  readonly settings: MailSettings;
  readonly password: string | null;
}

const STEPS = 6;
const SECURITIES: readonly { readonly label: string; readonly detail: string; readonly security: MailSecurity }[] = [
  { label: 'STARTTLS', detail: 'Usual, on port 587: encrypted before anything is said.', security: 'starttls' },
  { label: 'TLS', detail: 'On port 465: encrypted from the first byte.', security: 'tls' },
  { label: 'None', detail: 'On port 25: only for a server on this machine, or one that asks for no password.', security: 'none' },
];

/** Asks for a mail server step by step, beginning with what was entered before; null once a question is dismissed. */
export async function askMail(before: MailAnswers): Promise<MailAnswers | null> {
  const { settings } = before;
  const host = await ask(1, 'Name of the mail server (SMTP)', {
    value: settings.host ?? '',
    placeHolder: 'smtp.example.org',
    validateInput: (text) => (/^[\w.:-]+$/u.test(text.trim()) ? null : 'A name such as smtp.example.org'),
  });
  if (host === null) return null;
  const security = await askSecurity(settings.security);
  if (security === null) return null;
  const usual = portOf({ port: security === settings.security ? settings.port : null, security });
  const port = await ask(3, 'Port', {
    value: String(usual),
    validateInput: (text) => (isPort(text) ? null : 'A number from 1 to 65535'),
  });
  if (port === null) return null;
  const user = await ask(4, 'Name to log in with; empty where the server asks for none', { value: settings.user ?? '' });
  if (user === null) return null;
  const password = user === '' ? '' : await ask(5, `Password of ${user}; it is kept in the secret storage`, { password: true });
  if (password === null) return null;
  const to = await ask(6, 'Who is told, where hone.yaml names nobody', {
    value: settings.to[0] ?? (isMailAddress(user) ? user : ''),
    placeHolder: 'ada@example.org',
    validateInput: (text) => (isMailAddress(text.trim()) ? null : 'An address such as ada@example.org'),
  });
  if (to === null) return null;
  return {
    settings: { host, port: Number(port), security, user: user === '' ? null : user, from: settings.from, to: [to] },
    // What was entered for one server is told to no other.
    password: password !== '' ? password : host === settings.host && user === settings.user ? before.password : null,
  };
}

async function askSecurity(before: MailSecurity): Promise<MailSecurity | null> {
  const items = [...SECURITIES].sort((a, b) => Number(b.security === before) - Number(a.security === before));
  const title = `Hone: Set Up Mail (2/${STEPS})`;
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: 'How the connection is protected',
    ignoreFocusOut: true,
  });
  return picked?.security ?? null;
}

async function ask(step: number, prompt: string, options: InputBoxOptions): Promise<string | null> {
  const title = `Hone: Set Up Mail (${step}/${STEPS})`;
  const answer = await window.showInputBox({ ...options, title, prompt, ignoreFocusOut: true });
  return answer === undefined ? null : options.password === true ? answer : answer.trim();
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/u.test(text.trim()) && Number(text) > 0 && Number(text) < 65_536;
}
