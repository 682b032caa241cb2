import type { Study } from './Study.ts';

/** A study of which nothing is known but its id. */
export function blankStudy(id: string): Study {
  return {
    id,
    kind: 'run',
    name: null,
    note: null,
    root: '',
    script: '',
    runtime: 'local',
    arguments: [],
    argumentSource: null,
    image: null,
    state: 'running',
    phase: 'preparing',
    metric: null,
    target: null,
    trials: [],
    suggestions: [],
    best: null,
    confirmation: null,
    unexecuted: [],
    accepted: false,
    activeMs: 0,
    reason: null,
    notes: [],
    packages: {},
    python: null,
    container: null,
    startedAt: 0,
    endedAt: null,
    updatedAt: 0,
    interrupted: false,
    sequence: 0,
  };
}
