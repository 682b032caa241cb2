/**
 * The requirements that pip could not bring together, as it names them: `numpy==2.0.0`, `tensorflow-cpu==2.15.0`. Empty where its output tells of no
 * conflict. Its first line names files and lines instead, so the list of causes is read.
 */
export function parseConflict(output: string): readonly string[] {
  if (!output.includes('conflicting dependencies')) return [];
  const [, causes = ''] = output.split('The conflict is caused by:');
  const asked = [...causes.matchAll(/^\s*The user requested (?:\(constraint\) )?(\S+)/gm)].map((match) => match[1] ?? '');
  const brought = [...causes.matchAll(/^\s*(?!The user)([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?) (\S+) depends on /gm)].map(
    (match) => `${match[1]}==${match[2]}`,
  );
  return [...new Set([...asked, ...brought])];
}
