/** What the files below one folder of src may import. */
export interface Wall {
  /** Prefix of the paths that it holds for; a file belongs to the first wall that fits. */
  readonly files: string;
  /** Prefixes of the paths below src that they import. */
  readonly folders: readonly string[];
  /** Packages that they import; `node:*` is all of Node. */
  readonly packages: readonly string[] | 'any';
}

/** In the order in which data flows: a step never imports a later one. */
const ROAD = ['python', 'scan', 'space', 'images', 'study', 'pipeline', 'report', 'evaluation', 'ports'];

/** Packages that only compute, so the core may use them. */
const PURE_PACKAGES = ['diff', 'fast-png', 'node-diff3', 'smol-toml', 'valibot', 'yaml'];

/** What a step of the road imports beyond base and the steps before it. */
const BESIDE_THE_ROAD: Readonly<Record<string, readonly string[]>> = { ports: ['protocol/'] };

const roadWalls: readonly Wall[] = ROAD.map((step, index) => ({
  files: `core/${step}/`,
  folders: ['base/', ...ROAD.slice(0, index + 1).map((earlier) => `core/${earlier}/`), ...(BESIDE_THE_ROAD[step] ?? [])],
  packages: step === 'python' ? [...PURE_PACKAGES, 'web-tree-sitter'] : PURE_PACKAGES,
}));

/** The walls between the folders of src, types included. */
const WALLS: readonly Wall[] = [
  { files: 'base/', folders: ['base/'], packages: [] },
  { files: 'protocol/', folders: ['protocol/'], packages: ['valibot'] },
  ...roadWalls,
  { files: 'core/', folders: [], packages: [] },
  { files: 'app/', folders: ['base/', 'core/', 'protocol/', 'app/'], packages: ['diff', 'node:path', 'valibot'] },
  { files: 'adapters/', folders: ['base/', 'core/', 'protocol/', 'adapters/'], packages: 'any' },
  { files: 'vscode/', folders: ['base/', 'core/', 'app/', 'protocol/', 'vscode/'], packages: ['vscode', 'node:*', 'valibot'] },
  { files: 'webview/', folders: ['protocol/', 'webview/'], packages: 'any' },
  { files: 'cli/main.ts', folders: ['base/', 'core/', 'app/', 'protocol/', 'adapters/', 'cli/'], packages: 'any' },
  { files: 'cli/', folders: ['base/', 'core/', 'app/', 'protocol/', 'cli/'], packages: ['node:*', 'commander', 'valibot'] },
  {
    files: 'extension.ts',
    folders: ['base/', 'core/', 'app/', 'protocol/', 'adapters/', 'vscode/'],
    packages: ['vscode', 'node:*'],
  },
];

/** Only these may import vscode, whatever else their wall lets through. */
const VSCODE_FILES = ['vscode/', 'extension.ts'];

/** What is wrong with an import, or null. `file` is a path below src with `/`; `specifier` is what it imports, as written. */
export function brokenWall(file: string, specifier: string): string | null {
  const wall = WALLS.find(({ files }) => file.startsWith(files));
  if (wall === undefined) return `no wall is drawn for src/${file}`;
  if (specifier === 'vscode' && !VSCODE_FILES.some((prefix) => file.startsWith(prefix))) {
    return 'only src/vscode and src/extension.ts import vscode';
  }
  if (!specifier.startsWith('.')) {
    if (wall.packages === 'any' || wall.packages.some((allowed) => matchesPackage(allowed, specifier))) return null;
    return `src/${wall.files} does not import the package ${specifier}`;
  }
  const target = resolveSpecifier(file, specifier);
  if (target === null) return specifier.endsWith('/package.json') ? null : `${specifier} leads out of src`;
  return wall.folders.some((folder) => target.startsWith(folder)) ? null : `src/${wall.files} does not import src/${target}`;
}

function matchesPackage(allowed: string, specifier: string): boolean {
  if (allowed.endsWith('*')) return specifier.startsWith(allowed.slice(0, -1));
  return specifier === allowed || specifier.startsWith(`${allowed}/`);
}

/** Path below src that a relative specifier names; null where it leaves src. */
function resolveSpecifier(file: string, specifier: string): string | null {
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
