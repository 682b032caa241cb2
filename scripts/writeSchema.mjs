import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { build } from 'esbuild';
import { root } from './places.mjs';

/** Writes the JSON schema of hone.yaml, so that editors complete and check it, from the schema that Hone itself reads it with. */
export async function writeSchema(file) {
  const entryPoints = [join(root, 'src', 'core', 'study', 'Configuration.ts')];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: 'esm', write: false, logLevel: 'warning' });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { configurationSchema } = await import(`data:text/javascript;base64,${code}`);
  const schema = toJsonSchema(configurationSchema, { errorMode: 'ignore', typeMode: 'input' });
  await writeFile(file, `${JSON.stringify({ ...schema, title: 'hone.yaml' }, null, 1)}\n`);
}
