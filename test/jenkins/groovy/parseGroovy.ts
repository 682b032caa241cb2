import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GroovyFile } from './GroovyTree.ts';

/** Where Debian's package `groovy` puts Groovy 2.4, the version that Jenkins embeds. */
const LIBRARY = '/usr/share/groovy/lib';

const program = fileURLToPath(new URL('dumpAst.groovy', import.meta.url));

/** Whether this machine has Groovy. */
export const hasGroovy = existsSync(LIBRARY);

/** Parses files with Groovy itself; nothing of them is run or resolved. `paths` are absolute. */
export function parseGroovy(paths: readonly string[]): readonly GroovyFile[] {
  // @Grab would fetch while it is only being parsed.
  const options = ['-Dgroovy.grape.enable=false', '-Dfile.encoding=UTF-8', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
  const args = [...options, '-cp', `${LIBRARY}/*`, 'groovy.ui.GroovyMain', program, ...paths];
  const text = execFileSync('java', args, { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as GroovyFile);
}
