import type { FromRunner } from '../protocol/runnerMessages.ts';

/** A shorter value is no secret, and stands in half of what is printed. */
const SHORTEST = 6;
const MASK = '•••';

/** What a runner said, without the given values: they came from a file that may hold secrets, and a script may print them. */
export function maskSecrets<T extends FromRunner>(message: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return message;
  const mask = (text: string): string => secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
  if (message.type === 'output' || message.type === 'notice') return { ...message, text: mask(message.text) };
  if (message.type !== 'trial-ended') return message;
  const { reason, error } = message;
  return {
    ...message,
    reason: reason === null ? null : mask(reason),
    error: error === null ? null : { ...error, message: mask(error.message) },
  };
}

/** The values of variables that are to be masked, the longest first; those that the project itself shows are none. */
export function secretValues(
  variables: Readonly<Record<string, string>>,
  shown: Readonly<Record<string, string>>,
): readonly string[] {
  const open = new Set(Object.values(shown));
  const values = Object.values(variables).filter((value) => value.length >= SHORTEST && !open.has(value));
  return [...new Set(values)].sort((a, b) => b.length - a.length);
}
