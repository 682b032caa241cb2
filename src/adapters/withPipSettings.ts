import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ImageSettings } from '../core/images/ImageSettings.ts';

/** Where pip looks for its settings; tests give their own. */
export interface PipSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** pip's configuration files, the strongest first. */
  readonly files: readonly string[];
}

/**
 * Image settings completed by what pip on this machine is set to: the index, further indexes and certificates of whoever set them up for pip
 * hold for images too. What Hone's own settings say wins.
 */
export function withPipSettings(settings: ImageSettings, surroundings: PipSurroundings = pipSurroundings()): ImageSettings {
  const read = readPip(surroundings);
  const { environment } = surroundings;
  const bundles = [read('cert'), environment['REQUESTS_CA_BUNDLE'], environment['CURL_CA_BUNDLE']];
  return {
    ...settings,
    indexUrl: settings.indexUrl ?? urlsOf(read('index-url'))[0] ?? null,
    extraIndexUrls: settings.extraIndexUrls.length > 0 ? settings.extraIndexUrls : urlsOf(read('extra-index-url')),
    caBundle: settings.caBundle ?? bundles.find((path) => path !== undefined && existsSync(path)) ?? null,
  };
}

function pipSurroundings(): PipSurroundings {
  const { env: environment, platform } = process;
  const home = homedir();
  const own = environment['PIP_CONFIG_FILE'];
  if (own !== undefined && own !== '') return { environment, files: [own] };
  const file = platform === 'win32' ? 'pip.ini' : 'pip.conf';
  const machine = platform === 'win32' ? (environment['ProgramData'] ?? 'C:\\ProgramData') : '/etc';
  const user = {
    win32: environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'),
    darwin: join(home, 'Library', 'Application Support'),
    other: environment['XDG_CONFIG_HOME'] ?? join(home, '.config'),
  }[platform === 'win32' || platform === 'darwin' ? platform : 'other'];
  const places = [join(user, 'pip'), join(home, '.config', 'pip'), join(home, platform === 'win32' ? 'pip' : '.pip')];
  return { environment, files: [...places.map((place) => join(place, file)), machineFile(machine, platform, file)] };
}

function machineFile(machine: string, platform: NodeJS.Platform, file: string): string {
  return platform === 'win32' ? join(machine, 'pip', file) : join(machine, file);
}

/** An option's value: of `PIP_NAME` before the files, of `[install]` before `[global]`. */
function readPip({ environment, files }: PipSurroundings): (name: string) => string | undefined {
  const tables = files.filter((file) => existsSync(file)).map((file) => parseIni(readFileSync(file, 'utf8')));
  return (name) =>
    [
      environment[`PIP_${name.toUpperCase().replaceAll('-', '_')}`],
      ...tables.flatMap((table) => [table.get(`install.${name}`), table.get(`global.${name}`)]),
    ].find((value) => value !== undefined && value !== '');
}

/** `section.name` to value; indented lines continue the value above, as Python's configparser reads them. */
function parseIni(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let [section, key] = ['', ''];
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(line);
    const option = /^([\w-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (/^\s*[#;]/.test(line)) continue;
    if (header !== null) section = header[1] ?? '';
    else if (option !== null)
      values.set((key = `${section}.${(option[1] ?? '').replaceAll('_', '-')}`), (option[2] ?? '').trim());
    else if (/^\s+\S/.test(line) && key !== '') values.set(key, `${values.get(key)} ${line.trim()}`.trim());
  }
  return values;
}

function urlsOf(value: string | undefined): readonly string[] {
  return (value ?? '').split(/\s+/).filter((url) => /^https?:\/\//.test(url));
}
