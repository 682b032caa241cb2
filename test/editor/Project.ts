import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SAMPLES = join(import.meta.dirname, '..', '..', 'media', 'samples');

export interface JournalLine {
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly [key: string]: unknown;
}

/** A folder that a test opens; its name is that of the window. */
export class Project {
  readonly folder: string;
  readonly #parent: string;

  private constructor(parent: string, name: string) {
    this.#parent = parent;
    this.folder = join(parent, name);
  }

  static async create(name: string, files: Readonly<Record<string, string>>): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), 'hone-project-')), name);
    await mkdir(project.folder);
    for (const [path, text] of Object.entries(files)) await project.write(path, text);
    return project;
  }

  /** A copy of a sample, with texts in its script replaced. */
  static async sample(name: string, replace: readonly (readonly [string, string])[] = []): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), 'hone-project-')), name);
    await cp(join(SAMPLES, name), project.folder, { recursive: true });
    let text = await project.read('train.py');
    for (const [from, to] of replace) {
      if (!text.includes(from)) throw new Error(`The sample ${name} has no ${from} any more.`);
      text = text.replace(from, to);
    }
    await project.write('train.py', text);
    return project;
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), text);
  }

  /** Writes a file that lies outside the folder, next to it. */
  writeBeside(path: string, text: string): Promise<void> {
    return this.write(join('..', path), text);
  }

  async delete(path: string): Promise<void> {
    await rm(join(this.folder, path));
  }

  /** The events of the last study's journal, in the folder or one inside it. */
  async journal(inside = ''): Promise<readonly JournalLine[]> {
    const studies = (await readdir(join(this.folder, inside, '.hone', 'studies'))).sort();
    const text = await this.read(join(inside, '.hone', 'studies', studies.at(-1) ?? '', 'journal.jsonl'));
    return text
      .slice(0, text.lastIndexOf('\n'))
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  /** How many epochs the last study has journalled. */
  async epochs(): Promise<number> {
    return (await this.journal()).filter(({ type }) => type === 'epoch').length;
  }

  async remove(): Promise<void> {
    await rm(this.#parent, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
