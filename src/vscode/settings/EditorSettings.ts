import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../core/images/ImageSettings.ts';
import { NO_MAIL, type MailSettings } from '../../core/ports/MailSettings.ts';
import { isMailAddress } from '../../core/study/NoticePlan.ts';
import type { RuntimeKind } from '../../core/study/StudyPlan.ts';

/** The settings under `hone.`, as this machine and folder have them. */
export interface EditorSettings {
  readonly runtime: RuntimeKind | 'auto';
  readonly images: ImageSettings;
  /** Address of the container engine, as DOCKER_HOST spells it; found by itself where null. */
  readonly dockerHost: string | null;
  /** Absolute path of the Python interpreter of the local runtime; the Python extension's choice where null. */
  readonly python: string | null;
  /** How mail is sent; its password is in the secret storage. */
  readonly mail: MailSettings;
  /** Whether what can be done about a script is offered above the line on which it trains. */
  readonly codeLens: boolean;
  /** Whether the best values that a study found are shown beside those of the code. */
  readonly inlayHints: boolean;
  readonly poll: {
    /** Whether remotes are watched where nobody chose for the folder. */
    readonly enabled: boolean;
    /** Between two looks. */
    readonly minutes: number;
  };
  /** Address of the Jenkins that pipelines are validated on. */
  readonly jenkinsUrl: string | null;
  /** Who asks it. */
  readonly jenkinsUser: string | null;
  /** Findings that do not matter, by script, as paths below the folder. */
  readonly ignoredFindings: Readonly<Record<string, readonly string[]>>;
}

/** How long it may be between two looks at a remote. */
const LEAST_MINUTES = 0.1;

export const DEFAULT_SETTINGS: EditorSettings = {
  runtime: 'auto',
  images: DEFAULT_IMAGE_SETTINGS,
  dockerHost: null,
  python: null,
  mail: NO_MAIL,
  codeLens: true,
  inlayHints: true,
  poll: { enabled: false, minutes: 5 },
  jenkinsUrl: null,
  jenkinsUser: null,
  ignoredFindings: {},
};

/** The key in package.json and settings.json of each setting. */
export const SETTING_KEYS = {
  runtime: 'hone.runtime',
  baseImage: 'hone.images.baseImage',
  indexUrl: 'hone.images.indexUrl',
  torchIndexUrl: 'hone.images.torchIndexUrl',
  registryMirror: 'hone.images.registryMirror',
  caBundle: 'hone.images.caBundle',
  wheels: 'hone.images.wheels',
  dockerHost: 'hone.docker.host',
  python: 'hone.python',
  mailHost: 'hone.mail.host',
  mailPort: 'hone.mail.port',
  mailSecurity: 'hone.mail.security',
  mailUser: 'hone.mail.user',
  mailFrom: 'hone.mail.from',
  mailTo: 'hone.mail.to',
  codeLens: 'hone.codeLens',
  inlayHints: 'hone.inlayHints',
  pollEnabled: 'hone.poll.enabled',
  pollMinutes: 'hone.poll.minutes',
  jenkinsUrl: 'hone.jenkins.url',
  jenkinsUser: 'hone.jenkins.user',
  ignoredFindings: 'hone.ignoredFindings',
} as const;

/**
 * Settings from raw values, which people type by hand: what has the wrong type or is blank counts as unset. A blank
 * `torchIndexUrl` is a choice of its own, the package index, and is kept.
 */
export function parseSettings(get: (key: string) => unknown): EditorSettings {
  const text = (key: string): string | null => {
    const value = get(key);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const runtime = get(SETTING_KEYS.runtime);
  const minutes = get(SETTING_KEYS.pollMinutes);
  const torchIndexUrl = get(SETTING_KEYS.torchIndexUrl);
  return {
    runtime: runtime === 'docker' || runtime === 'local' ? runtime : DEFAULT_SETTINGS.runtime,
    images: {
      baseImage: text(SETTING_KEYS.baseImage),
      indexUrl: text(SETTING_KEYS.indexUrl),
      extraIndexUrls: [],
      torchIndexUrl: typeof torchIndexUrl === 'string' ? torchIndexUrl.trim() : null,
      registryMirror: text(SETTING_KEYS.registryMirror),
      caBundle: text(SETTING_KEYS.caBundle),
      wheels: text(SETTING_KEYS.wheels),
    },
    dockerHost: text(SETTING_KEYS.dockerHost),
    python: text(SETTING_KEYS.python),
    mail: parseMail(get, text),
    codeLens: get(SETTING_KEYS.codeLens) !== false,
    inlayHints: get(SETTING_KEYS.inlayHints) !== false,
    poll: {
      enabled: get(SETTING_KEYS.pollEnabled) === true,
      minutes: typeof minutes === 'number' && minutes >= LEAST_MINUTES ? minutes : DEFAULT_SETTINGS.poll.minutes,
    },
    jenkinsUrl: text(SETTING_KEYS.jenkinsUrl),
    jenkinsUser: text(SETTING_KEYS.jenkinsUser),
    ignoredFindings: parseIgnored(get(SETTING_KEYS.ignoredFindings)),
  };
}

function parseMail(get: (key: string) => unknown, text: (key: string) => string | null): MailSettings {
  const [port, security, to] = [get(SETTING_KEYS.mailPort), get(SETTING_KEYS.mailSecurity), get(SETTING_KEYS.mailTo)];
  return {
    host: text(SETTING_KEYS.mailHost),
    port: typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null,
    security: security === 'tls' || security === 'none' ? security : NO_MAIL.security,
    user: text(SETTING_KEYS.mailUser),
    from: text(SETTING_KEYS.mailFrom),
    to: (Array.isArray(to) ? to : [to]).filter((address) => typeof address === 'string' && isMailAddress(address)),
  };
}

function parseIgnored(value: unknown): Readonly<Record<string, readonly string[]>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([script, codes]): [string, string[]][] =>
      Array.isArray(codes) ? [[script, codes.filter((code) => typeof code === 'string')]] : [],
    ),
  );
}
