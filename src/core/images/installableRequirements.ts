import { indexOf } from './passwordIndexes.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';
import { withoutCredentials } from './withoutCredentials.ts';

/** What of a project's wishes pip can install in an image. */
export interface InstallableRequirements {
  readonly kept: readonly Requirement[];
  /** What was changed or left out, a sentence each. */
  readonly notes: readonly string[];
}

/** Goes through a project's wishes: names that mean another package, builds for other machines, paths of this one, passwords. */
export function installableRequirements(wishes: readonly Requirement[]): InstallableRequirements {
  const notes: string[] = [];
  const kept = wishes.flatMap((wish) => {
    const reason = reasonToLeaveOut(wish);
    if (reason === null) return [translate(wish)];
    notes.push(`"${withoutCredentials(wish.text)}" was left out of the image: ${reason}.`);
    return [];
  });
  const hosts = new Set(kept.flatMap(({ text }) => [...text.matchAll(/https?:\/\/([^/\s:]+)/g)].map((match) => match[1])));
  if (hosts.size > 0) notes.push(`The requirements also load packages from ${[...hosts].join(', ')}.`);
  return { kept, notes };
}

/** What people write, and what holds the module that they mean: builds with CUDA or windows are of no use here. */
const renamed: Readonly<Record<string, string>> = {
  'opencv-contrib-python': 'opencv-contrib-python-headless',
  'opencv-python': 'opencv-python-headless',
  pil: 'pillow',
  pytorch: 'torch',
  skimage: 'scikit-image',
  'tensorflow-gpu': 'tensorflow-cpu',
  'tensorflow-intel': 'tensorflow-cpu',
  'tensorflow-macos': 'tensorflow-cpu',
  yaml: 'pyyaml',
};

function translate(wish: Requirement): Requirement {
  // `sklearn` on the index is an empty package that refuses to install; its versions mean nothing.
  if (wish.name === 'sklearn') return parseRequirement('scikit-learn');
  if (indexOf(wish) !== null) return parseRequirement(withoutCredentials(wish.text));
  if (wish.name === null || wish.specifier.startsWith('@')) return parseRequirement(withoutGit(wish.text));
  const name = renamed[wish.name];
  // 1.7.1+cu110 is a build that only another index has.
  const specifier = wish.specifier.replace(/\+[\w.]+/g, '');
  if (name === undefined && specifier === wish.specifier) return wish;
  const extras = wish.extras.length === 0 ? '' : `[${wish.extras.join(',')}]`;
  return parseRequirement(`${name ?? wish.name}${extras}${specifier}${wish.marker === '' ? '' : `; ${wish.marker}`}`);
}

/** Slim images have no git; the large hosts serve every commit as an archive. */
function withoutGit(text: string): string {
  return text.replace(
    /^(?:-e\s+|--editable[=\s]+)?(.*?)git\+https:\/\/(github|gitlab)\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:@([\w./-]+))?(?:#egg=([\w.-]+).*)?$/,
    (...match) => {
      const [, before, host, owner, name, revision, egg] = match as string[];
      const named = before === '' && egg !== undefined ? `${egg} @ ` : before;
      const archive =
        host === 'github' ? `archive/${revision ?? 'HEAD'}.tar.gz` : `-/archive/${revision ?? 'HEAD'}/${name}.tar.gz`;
      return `${named}https://${host}.com/${owner}/${name}/${archive}`;
    },
  );
}

const OF_OTHER_MACHINES =
  /^(?:pywin32(?:-ctypes)?|pypiwin32|pywinpty|pyreadline3?|win-unicode-console|win-inet-pton|wincertstore|appnope|pyobjc.*|tensorflow-metal|pkg-resources|nvidia-.*|triton)$/;

function reasonToLeaveOut(wish: Requirement): string | null {
  if (indexOf(wish) === null && withoutCredentials(wish.text) !== wish.text)
    return 'it holds a password, which only the address of an index may';
  if (wish.name !== null && OF_OTHER_MACHINES.test(wish.name)) return 'it is for other machines than this container';
  if (wish.name !== null) return wish.specifier.startsWith('@ file:') ? 'it is a file of this machine' : null;
  if (
    /^(?:-e|--editable)\b(?!.*git\+https)|^[.~/\\]|^[A-Za-z]:[\\/]|^file:|^(?:-f|--find-links)[=\s]+(?!https?:)/.test(wish.text)
  )
    return 'it is a path of this machine (a folder with wheels can be named in hone.images.wheels)';
  return null;
}
