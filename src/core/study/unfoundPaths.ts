/** What libraries say of a file that is not there. */
const NOT_FOUND =
  /No such file or directory|Errno 2\b|errno = 2\b|does not exist|not found|cannot find|could not find|unable to open|No files? found|ENOENT/iu;
/** A path in quotes, or one without blanks: absolute, or upwards. */
const QUOTED = /(['"`])((?:\/|\.\.[\\/]|[A-Za-z]:[\\/])(?:(?!\1)[^\n])*)\1/gu;
const BARE = /(?:^|[\s=:(])((?:\/|\.\.[\\/]|[A-Za-z]:[\\/])[^\s'"`,;:()]+)/gu;
const MOST = 10;

/** The absolute and upward paths that the message of a failure says are not there, each once, in order; none where it says no such thing. */
export function unfoundPaths(message: string): readonly string[] {
  const lines = message.split('\n').filter((line) => NOT_FOUND.test(line));
  const found = lines.flatMap((line) => [
    ...[...line.matchAll(QUOTED)].map(([, , path]) => path ?? ''),
    ...[...line.matchAll(BARE)].map(([, path]) => (path ?? '').replace(/\.$/u, '')),
  ]);
  return [...new Set(found)].slice(0, MOST);
}
