/** The labels by which everything of a study is found again. */
export function studyLabels(study: string, folder: string): Record<'hone.study' | 'hone.workspace', string> {
  return { 'hone.study': study, 'hone.workspace': folder };
}

/** The same as a filter of the engine's lists. */
export function studyFilter(study: string, folder: string): { label: string[] } {
  return { label: Object.entries(studyLabels(study, folder)).map(([name, value]) => `${name}=${value}`) };
}
