import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';

/** Writes a value as JSON so that the file holds, whatever happens, all of the old or all of the new; only this user reads it. */
export async function writeWhole(path: string, value: unknown): Promise<void> {
  const draft = `${path}.${randomUUID()}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(value));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
