/**
 * What a script that was started without a required argument says of it: argparse's and click's own sentences.
 * @param output the end of its standard error
 * @returns the names as the script spells them, `--data`; empty where it misses none
 */
export function missingArguments(output: string): readonly string[] {
  const argparse = /error: the following arguments are required: (.+)$/m.exec(output);
  if (argparse !== null) return (argparse[1] ?? '').split(', ').map((name) => name.split('/')[0]?.trim() ?? '');
  const click = /^Error: Missing (?:option|argument) ['"]([^'"]+)['"]/m.exec(output);
  return click === null ? [] : [(click[1] ?? '').split(' / ')[0] ?? ''];
}

/** One sentence for a person: which arguments are missing, and where they can be given: by configurations of launch.json, too, where it has some. */
export function describeMissingArguments(names: readonly string[], launches: readonly string[] = []): string {
  const example = names.map((name) => (name.startsWith('-') ? `${name} VALUE` : name.toUpperCase())).join(' ');
  const quoted = launches.map((name) => JSON.stringify(name)).join(', ');
  const launch = launches.length === 0 ? '' : `, or take those of launch.json with \`--launch NAME\`: ${quoted}`;
  return `The script needs ${names.join(' and ')}: add \`-- ${example}\` to the command, or \`args\` to hone.yaml${launch}.`;
}
