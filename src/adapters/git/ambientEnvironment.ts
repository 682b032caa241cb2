/** Not git's own, and still taken for orders by simple-git. */
const OTHER_GUARDED = new Set(['EDITOR', 'PAGER', 'PREFIX', 'SSH_ASKPASS', 'VISUAL']);

/** The environment of this process without what tells git where and how to work, but for the `kept` variables: names in upper case. */
export function ambientEnvironment(kept: readonly string[]): NodeJS.ProcessEnv {
  const isKept = (name: string): boolean => kept.includes(name) || !(name.startsWith('GIT_') || OTHER_GUARDED.has(name));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => isKept(name.toUpperCase())));
}
