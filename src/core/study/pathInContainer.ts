/** Where a container sees what lies at an absolute path: at the same place. On Windows, C:\\sets is /c/sets, as Docker Desktop spells it. */
export function pathInContainer(path: string): string {
  return path.replace(/^([A-Za-z]):/, (_, drive: string) => `/${drive.toLowerCase()}`).replaceAll('\\', '/');
}
