import { posix } from 'node:path';
import { relativePath } from './locateScript.ts';

/**
 * A text in which absolute paths within the project are relative to the working directory: a trial runs in a copy of the project, elsewhere.
 * @param root absolute path of the project
 * @param directory working directory, relative to it
 */
export function inTree(text: string, root: string, directory: string): string {
  const start = new RegExp(`(^|[=:;,])${root.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')}(?=$|[\\\\/:;,])`, 'gu');
  const back = relativePath(directory === '' ? root : posix.join(root, directory), root);
  return text.replaceAll(start, (_, before: string) => `${before}${back === '' ? '.' : back}`);
}
