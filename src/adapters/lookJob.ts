import type { Inspection } from '../core/ports/Inspector.ts';

/** What is to be done in a trial's tree: `shell` null takes the best that a container has. */
export type LookAction =
  | { readonly action: 'shell'; readonly shell: string | null }
  | { readonly action: 'debug'; readonly port: number }
  | { readonly action: 'check' };

/** Where things are for whoever lays out the tree. */
export interface LookPaths {
  readonly source: string;
  /** One for each of the plan's links, in order. */
  readonly links: readonly string[];
  readonly artifacts: string;
}

/** The job of `hone_runner look`, as JSON. Nothing in it is secret. */
export function renderLookJob({ plan, files, artifacts, seed }: Inspection, paths: LookPaths, action: LookAction): string {
  const { script, module, arguments: args, directory } = plan.command;
  const links = plan.links.map((link, index) => ({ ...link, target: paths.links[index] ?? '' }));
  const places = {
    source: paths.source,
    links,
    artifacts: artifacts === null ? null : paths.artifacts,
  };
  return JSON.stringify({ ...places, files, script, module, arguments: args, directory, seed, ...action });
}
