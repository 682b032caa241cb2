import type { HoneSettings } from './HoneSettings.ts';
import { mailEnvironment, readMailSettings } from './mail/readMailSettings.ts';

/** Each setting's environment variable. They carry settings from a face to its supervisor, and into the command line. */
const VARIABLES = {
  baseImage: 'HONE_BASE_IMAGE',
  indexUrl: 'HONE_INDEX_URL',
  torchIndexUrl: 'HONE_TORCH_INDEX_URL',
  registryMirror: 'HONE_REGISTRY_MIRROR',
  caBundle: 'HONE_CA_BUNDLE',
  wheels: 'HONE_WHEELS',
  dockerHost: 'HONE_DOCKER_HOST',
  python: 'HONE_PYTHON',
} as const;

/** Settings from environment variables. An empty one counts as absent, but for the PyTorch index, where it means: the package index. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): HoneSettings {
  const read = (name: keyof typeof VARIABLES): string | null => environment[VARIABLES[name]] || null;
  return {
    images: {
      baseImage: read('baseImage'),
      indexUrl: read('indexUrl'),
      extraIndexUrls: [],
      torchIndexUrl: environment[VARIABLES.torchIndexUrl] ?? null,
      registryMirror: read('registryMirror'),
      caBundle: read('caBundle'),
      wheels: read('wheels'),
    },
    dockerHost: read('dockerHost'),
    python: read('python'),
    mail: readMailSettings(environment),
  };
}

/** The environment variables that `readSettings` turns back into these settings. */
export function settingsEnvironment({ images, dockerHost, python, mail }: HoneSettings): Readonly<Record<string, string>> {
  const { extraIndexUrls: _, ...single } = images; // Found anew by whoever reads pip's own settings.
  const values = { ...single, dockerHost, python };
  const set: Record<string, string> = { ...mailEnvironment(mail) };
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) set[VARIABLES[name as keyof typeof VARIABLES]] = value;
  }
  return set;
}
