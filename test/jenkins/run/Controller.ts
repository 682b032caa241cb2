import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { GroovyFile } from '../groovy/GroovyTree.ts';
import type { Pipeline } from '../model/Pipeline.ts';
import type { Build } from './Build.ts';

/** A pipeline job. */
export interface Job {
  readonly name: string;
  /** Where its repository is cloned from. */
  readonly remote: string;
  readonly branch: string;
  /** Path of its Jenkinsfile in the repository. */
  readonly scriptPath: string;
  readonly builds: Build[];
  /** Parameters of the last pipeline that ran: only later builds know them. */
  parameters: ReadonlyMap<string, string>;
}

/** How a build is started. */
export interface BuildRequest {
  readonly parameters?: ReadonlyMap<string, string>;
  /** Aborts it, as the build that waits for it is aborted. */
  readonly signal?: AbortSignal;
  /** Name of the agent; each has a root folder of its own. */
  readonly agent?: string;
  /** The build that started it. */
  readonly upstream?: Build;
}

/** `done` resolves when it has ended, however. */
export interface StartedBuild {
  readonly build: Build;
  readonly done: Promise<Build>;
}

/** Reads the pipeline that a Jenkinsfile holds. Throws where its structure is wrong. */
export type PipelineSource = (text: string) => { readonly pipeline: Pipeline; readonly tree: GroovyFile };

/** What a controller knows besides its jobs. */
export interface Controller {
  /** Folder of all that it keeps: jobs, and the agents' roots unless they are named. */
  readonly home: string;
  readonly jobs: Map<string, Job>;
  /** Secret texts by credential id. */
  readonly credentials: ReadonlyMap<string, string>;
  readonly mail: { readonly port: number; readonly recipients: string };
  /** What an agent's own environment holds. */
  readonly environment: Readonly<Record<string, string>>;
  readonly read: PipelineSource;
  readonly start: (job: Job, request: BuildRequest) => StartedBuild;
  /** Tails of held locks, by resource or label. */
  readonly locks: Map<string, Promise<void>>;
  /** Workspaces in use, absolute. */
  readonly leases: Set<string>;
  /** All workspaces that were ever used, absolute. */
  readonly workspaces: Set<string>;
  readonly running: Set<Promise<Build>>;
}

/** Adds a job to a controller. */
export function addJob(controller: Controller, job: Pick<Job, 'name' | 'remote' | 'branch' | 'scriptPath'>): Job {
  const added: Job = { ...job, builds: [], parameters: new Map() };
  controller.jobs.set(job.name, added);
  return added;
}

/** The commit that a job's branch is at. */
export function headOf({ remote, branch }: Job): string {
  return execFileSync('git', ['ls-remote', remote, `refs/heads/${branch}`], { encoding: 'utf8' }).split('\t')[0] ?? '';
}

/** Where a build's artifacts are kept. */
export function archiveOf({ home }: Controller, job: string, number: number): string {
  return join(home, 'jobs', job, 'builds', String(number), 'archive');
}
