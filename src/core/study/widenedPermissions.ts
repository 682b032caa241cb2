import type { ScriptConfiguration } from './Configuration.ts';

/** What holds for a script in one version of a folder. */
export interface Permissions {
  readonly configuration: ScriptConfiguration;
  /** Whether the script reaches for the network where hone.yaml says nothing. */
  readonly fetches: boolean;
}

/**
 * What pushed files ask for that those of the folder do not have, each as the end of a sentence: the network, files outside the folder, variables of a file,
 * an image, another Python, mail to others. Nobody gets that by pushing.
 */
export function widenedPermissions(folder: Permissions, pushed: Permissions): readonly string[] {
  const [own, wanted] = [folder.configuration, pushed.configuration];
  const asks: string[] = [];
  if (reachesNetwork(pushed) && !reachesNetwork(folder)) asks.push('the network');
  const data = listOf(wanted.data).filter((path) => leadsOut(path) && !listOf(own.data).includes(path));
  if (data.length > 0) asks.push(`the data ${data.join(', ')}`);
  if (wanted.env_file !== undefined && wanted.env_file !== own.env_file) asks.push(`the variables of ${wanted.env_file}`);
  if (wanted.image !== undefined && wanted.image !== own.image) asks.push(`the image ${wanted.image}`);
  if (wanted.python !== undefined && wanted.python !== own.python) asks.push(`the Python ${wanted.python}`);
  const mails = listOf(wanted.notify?.to).filter((address) => !listOf(own.notify?.to).includes(address));
  if (mails.length > 0) asks.push(`mail to ${mails.join(', ')}`);
  return asks;
}

function reachesNetwork({ configuration, fetches }: Permissions): boolean {
  return configuration.network ?? fetches;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

/** Whether a path is not surely within the folder. */
function leadsOut(path: string): boolean {
  return /^(?:[~/\\]|[a-z]:)/iu.test(path) || path.split(/[/\\]/u).includes('..');
}
