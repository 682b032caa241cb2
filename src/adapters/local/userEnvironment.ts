/** The user's environment, without what is Hone's own: its settings may hold an index's password. */
export function userEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(HONE_|ELECTRON_)/.test(name)));
}
