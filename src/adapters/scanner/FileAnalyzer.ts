import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { decodeSource } from '../../core/python/decodeSource.ts';
import type { Module } from '../../core/python/Ast.ts';
import type { ParseSyntax } from '../../core/python/parseSyntax.ts';
import { readModule } from '../../core/python/readModule.ts';
import { analyzeScript, unreadableScript, type AnalysisOptions } from '../../core/scan/analyzeScript.ts';
import { analyzeSpace } from '../../core/space/analyzeSpace.ts';
import { inspectModule, type Inspection } from '../../core/space/inspectModule.ts';
import { applyAssignment } from '../../core/space/applyAssignment.ts';
import type { Assignment } from '../../core/space/Assignment.ts';
import type { SearchSpace } from '../../core/space/SearchSpace.ts';
import { isLibrary, mentionsLibrary } from '../../core/scan/mentionsLibrary.ts';
import type { Script } from '../../core/scan/Script.ts';
import { importText } from './importText.ts';
import { packagePlaces } from './packagePlaces.ts';
import { displayPath, findModule, ModuleLoader } from './ModuleLoader.ts';
import { codeOf } from './walkPythonFiles.ts';

const TIME_LIMIT_MS = 2000;
const MAX_PYTHON_BYTES = 4_000_000;
const MAX_NOTEBOOK_BYTES = 64_000_000;

/** Analyses one file after another; what a file's bytes show to import no library is never parsed. */
export class FileAnalyzer {
  readonly #parse: ParseSyntax;
  readonly #modules: ModuleLoader;
  /** Whether a module of the folder imports a library, by its path. */
  readonly #mentions = new Map<string, boolean>();
  /** The file of a module, by the path that its name stands for. */
  readonly #places = new Map<string, string | null>();
  readonly #packagesOf = new Map<string, readonly string[]>();
  /** Of the folder that is being analyzed. */
  #packages: readonly string[] = [];
  #buffer = Buffer.allocUnsafe(1 << 17);

  constructor(parse: ParseSyntax) {
    this.#parse = parse;
    this.#modules = new ModuleLoader(parse);
  }

  /** Forgets what it knows of files; call before each scan. */
  reset(): void {
    this.#mentions.clear();
    this.#places.clear();
    this.#packagesOf.clear();
  }

  /** What reading a file found out; never throws, whatever the file. */
  analyze(path: string, folder: string): Script {
    const name = displayPath(path, folder);
    const first = this.#read(path);
    if (typeof first === 'string') return unreadableScript(name, first);
    this.#packages = this.#packagesOf.get(folder) ?? packagePlaces(folder);
    this.#packagesOf.set(folder, this.#packages);
    if (!this.#isCandidate(importText(first), path, 0)) return unreadableScript(name, 'It imports no machine-learning library.');
    // Again, since looking at modules uses the same buffer.
    const bytes = this.#read(path);
    if (typeof bytes === 'string') return unreadableScript(name, bytes);
    const deadline = performance.now() + TIME_LIMIT_MS;
    const isOverdue = (): boolean => performance.now() > deadline;
    const read = readModule(name, decodeSource(bytes).text, this.#parse, isOverdue, true);
    if ('problem' in read) return unreadableScript(name, read.problem);
    const files = new Set([name]);
    const script = analyzeScript(
      read.module,
      this.#options(path, folder, isOverdue, (file) => files.add(file)),
    );
    return { ...script, files: [...files] };
  }

  /** The search space of a file; a sentence where it cannot be read. */
  space(path: string, folder: string, words: readonly string[]): SearchSpace | string {
    return this.#analyzed(path, folder, null, words, analyzeSpace);
  }

  /** What an editor shows of a file, or of a text in its place; a sentence where it cannot be read. */
  inspect(path: string, folder: string, text: string | null, words: readonly string[]): Inspection | string {
    return this.#analyzed(path, folder, text, words, inspectModule);
  }

  /** The texts that an assignment to a script's hyperparameters, and a seed, make, by path; a file's byte order mark stays. */
  edit(space: SearchSpace, folder: string, assignment: Assignment, seed: number | null): Record<string, string> {
    const marks = new Map<string, string>();
    const textOf = (path: string): string => {
      const { text, byteOrderMark } = decodeSource(readFileSync(resolve(folder, path)));
      marks.set(path, byteOrderMark ? '\uFEFF' : '');
      return text.replace(/^\uFEFF/u, '');
    };
    const edited = applyAssignment(space, assignment, textOf, seed);
    return Object.fromEntries([...edited].map(([path, text]) => [path, `${marks.get(path) ?? ''}${text}`]));
  }

  #analyzed<T>(
    path: string,
    folder: string,
    given: string | null,
    words: readonly string[],
    analyze: (module: Module, options: AnalysisOptions) => T,
  ): T | string {
    const source = given ?? this.#read(path);
    if (given === null && typeof source === 'string') return source;
    const text = typeof source === 'string' ? source : decodeSource(source).text;
    const deadline = performance.now() + TIME_LIMIT_MS;
    const isOverdue = (): boolean => performance.now() > deadline;
    const read = readModule(displayPath(path, folder), text, this.#parse, isOverdue);
    if ('problem' in read) return read.problem;
    return analyze(read.module, { ...this.#options(path, folder, isOverdue), words });
  }

  #options(path: string, folder: string, isOverdue: () => boolean, onRead?: (file: string) => void): AnalysisOptions {
    return {
      resolveModule: this.#modules.resolverFor(path, folder, isOverdue, onRead),
      resolveData: this.#modules.dataResolverFor(path, folder, onRead),
      isOverdue,
    };
  }

  /** True where lines with imports import a library, themselves or through modules beside the file. */
  #isCandidate(lines: string, path: string, depth: number): boolean {
    if (mentionsLibrary(lines)) return true;
    if (depth > 2) return false;
    for (const [, name = ''] of lines.matchAll(/^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*(?:\.\w+)*)/gmu)) {
      const top = name.split('.')[0] ?? '';
      if (KNOWN.has(top) || isLibrary(top)) continue;
      const found = [dirname(path), ...this.#packages].map((base) => this.#find(join(base, ...name.split('.'))));
      const module = found.find((candidate) => candidate !== null) ?? null;
      if (module !== null && module !== path && this.#moduleMentions(module, depth)) return true;
    }
    return false;
  }

  #find(path: string): string | null {
    const known = this.#places.get(path);
    if (known !== undefined) return known;
    const place = findModule(path);
    this.#places.set(path, place);
    return place;
  }

  #moduleMentions(path: string, depth: number): boolean {
    const known = this.#mentions.get(path);
    if (known !== undefined) return known;
    this.#mentions.set(path, false);
    const bytes = this.#read(path);
    const mentions = typeof bytes !== 'string' && this.#isCandidate(importText(bytes), path, depth + 1);
    this.#mentions.set(path, mentions);
    return mentions;
  }

  /** The bytes of a file, valid until the next call; a sentence where it cannot be read. */
  #read(path: string): Buffer | string {
    try {
      const file = openSync(path, 'r');
      try {
        const stats = fstatSync(file);
        if (!stats.isFile()) return 'It is no file.';
        const limit = path.endsWith('.ipynb') ? MAX_NOTEBOOK_BYTES : MAX_PYTHON_BYTES;
        if (stats.size > limit) return `It has ${Math.ceil(stats.size / 1e6)} MB; more than ${limit / 1e6} MB are not read.`;
        if (stats.size > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(stats.size * 2);
        return this.#buffer.subarray(0, readSync(file, this.#buffer, 0, stats.size, 0));
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return describeFailure(codeOf(error));
    }
  }
}

/** A sentence for a system error of reading. */
export function describeFailure(code: string): string {
  if (code === 'EACCES' || code === 'EPERM') return 'It cannot be read: permission is denied.';
  return code === 'ENOENT' ? 'It cannot be read: it is not there any more.' : `It cannot be read (${code}).`;
}

/** Modules that are surely not of the folder; a look-up on the disk less for each. */
const KNOWN = new Set(
  (
    'os sys re io json csv math time random logging argparse collections itertools functools pathlib typing datetime subprocess threading ' +
    'multiprocessing abc copy pickle glob shutil tempfile unittest string struct socket hashlib urllib http email enum dataclasses contextlib ' +
    'warnings traceback inspect types operator uuid asyncio queue signal statistics decimal textwrap numpy pandas matplotlib scipy seaborn ' +
    'requests yaml tqdm PIL cv2 pytest django flask click setuptools six __future__'
  ).split(' '),
);
