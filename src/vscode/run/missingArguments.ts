/** What a run failed for want of, `--data and --out`, by its reason; null where that is something else. */
export function missingArguments(reason: string | null): string | null {
  return /^The script needs (\S+(?: and \S+)*): /u.exec(reason ?? '')?.[1] ?? null;
}
