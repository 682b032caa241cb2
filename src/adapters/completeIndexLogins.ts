import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ImageRecipe } from '../core/images/ImageRecipe.ts';
import type { ImageSettings } from '../core/images/ImageSettings.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { passwordIndexes } from '../core/images/passwordIndexes.ts';

/** The settings that a build gets, with the logins of its indexes. All of it may be secret. */
export async function completeIndexLogins(
  settings: ImageSettings,
  recipe: ImageRecipe,
  project: Pick<StudyPlan, 'folder' | 'root'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ImageSettings> {
  const texts = await Promise.all(
    (recipe.passwordFiles ?? []).map(async (path) => ({
      path,
      text: await readText(join(project.folder, project.root, path)),
    })),
  );
  const own = texts.flatMap((file) => passwordIndexes(file, environment));
  const named = recipe.files.flatMap(({ path, text }) => (path === 'project.txt' ? (text.match(/https?:\/\/\S+/g) ?? []) : []));
  const netrc = await readNetrc(environment);
  const complete = (url: string): string => withLogin(url, netrc);
  const kept = named.map(complete).filter((url, index) => url !== named[index]);
  return {
    ...settings,
    indexUrl: settings.indexUrl === null ? null : complete(settings.indexUrl),
    extraIndexUrls: [...new Set([...settings.extraIndexUrls, ...own].map(complete).concat(kept))],
  };
}

/** An index's address with the login that the user's netrc file has for it, where it has none itself. */
export async function completeLogin(url: string): Promise<string> {
  return withLogin(url, await readNetrc(process.env));
}

async function readNetrc(environment: Readonly<Record<string, string | undefined>>): Promise<ReadonlyMap<string, Login>> {
  return parseNetrc(await readText(environment['NETRC'] ?? join(homedir(), process.platform === 'win32' ? '_netrc' : '.netrc')));
}

interface Login {
  readonly user: string;
  readonly password: string;
}

/** An address with the login that ~/.netrc has for its host, where it has no password itself: pip would look there, too. */
function withLogin(url: string, netrc: ReadonlyMap<string, Login>): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  const login = netrc.get(parsed.hostname);
  if (login === undefined || parsed.password !== '') return url;
  if (parsed.username !== '' && decodeURIComponent(parsed.username) !== login.user) return url;
  parsed.username = encodeURIComponent(login.user);
  parsed.password = encodeURIComponent(login.password);
  return parsed.href;
}

/** `machine HOST login USER password WORD`, in any order of the last two. */
function parseNetrc(text: string): ReadonlyMap<string, Login> {
  const words =
    text
      .replace(/^\s*#.*$/gm, '')
      .match(/"[^"]*"|\S+/g)
      ?.map((word) => word.replace(/^"(.*)"$/, '$1')) ?? [];
  const logins = new Map<string, Login>();
  let host = '';
  for (let at = 0; at < words.length; at++) {
    const value = words[at + 1] ?? '';
    const login = logins.get(host) ?? { user: '', password: '' };
    if (words[at] === 'machine') host = value;
    else if (words[at] === 'login') logins.set(host, { ...login, user: value });
    else if (words[at] === 'password') logins.set(host, { ...login, password: value });
    else continue;
    at++;
  }
  return logins;
}

/** Empty where there is no such file, or it is not ours to read. */
async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
