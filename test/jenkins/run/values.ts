import { Failure } from './Failure.ts';

/** A property of a value, as Groovy reads it; null where it has none. */
export function readProperty(object: unknown, name: string): unknown {
  if (object === null || object === undefined)
    throw new Failure(`java.lang.NullPointerException: Cannot get property '${name}' on null object`);
  return (object as Readonly<Record<string, unknown>>)[name] ?? null;
}

/** Calls a method of a value: the few of texts and lists that the sandbox of Jenkins lets pass and pipelines use. */
export function callMethod(object: unknown, name: string, values: readonly unknown[]): unknown {
  const [first] = values;
  if (typeof object === 'string') {
    if (name === 'trim') return object.trim();
    if (name === 'contains') return object.includes(String(first));
    if (name === 'startsWith') return object.startsWith(String(first));
    if (name === 'endsWith') return object.endsWith(String(first));
    if (name === 'isEmpty') return object === '';
    if (name === 'toInteger') return Number.parseInt(object, 10);
  }
  if (Array.isArray(object)) {
    if (name === 'join') return object.join(String(first));
    if (name === 'size') return object.length;
    if (name === 'contains') return object.includes(first);
  }
  throw new Failure(`org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException: ${name}`);
}
