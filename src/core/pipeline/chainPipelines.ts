import {
  agentOf,
  CHECKOUT,
  copyOf,
  environmentOf,
  failureMailOf,
  inFolder,
  lockOf,
  mailOf,
  optionsOf,
  OWN,
  parametersOf,
  PUBLISHED,
  runStage,
  withIndex,
  type ScriptStage,
} from './buildSteps.ts';
import { monitorPipeline } from './monitorPipeline.ts';
import type { PipelineModel, Post, Step } from './PipelineModel.ts';
import type { PipelineRequest } from './PipelineRequest.ts';
import { RESULTS } from './stageScript.ts';

/** A job of the chain. */
export interface ChainJob {
  /** Of the job within its folder, and of its Jenkinsfile. */
  readonly name: string;
  readonly title: string;
  readonly pipeline: PipelineModel;
}

/** What one job does, and which one it starts. */
interface Link {
  readonly name: string;
  readonly title: string;
  readonly hours: number;
  readonly stages: readonly ScriptStage[];
  readonly trains: boolean;
}

const LINKS: readonly Link[] = [
  { name: '1-pull', title: 'Pull on push', hours: 1, stages: ['pull'], trains: false },
  { name: '2-container', title: 'Look at the code and make its container', hours: 2, stages: ['detect', 'image'], trains: false },
  { name: '3-train', title: 'Train and read the accuracy', hours: 12, stages: ['train'], trains: true },
  { name: '4-tweak', title: 'Tweak and retrain below the target', hours: 12, stages: ['tweak'], trains: true },
  { name: '5-retrain', title: 'Retrain the best and tell the result', hours: 12, stages: ['report', 'retrain'], trains: true },
];

/** The six jobs: each of the first five starts the next when it is done; the sixth looks for what died. */
export function chainPipelines(request: PipelineRequest): readonly ChainJob[] {
  const linked = LINKS.map((link, index) => ({
    name: link.name,
    title: link.title,
    pipeline: pipelineOf(request, link, LINKS[index - 1] ?? null, LINKS[index + 1] ?? null),
  }));
  return [...linked, { name: '6-monitor', title: 'Bring back what died', pipeline: monitorPipeline(request) }];
}

function pipelineOf(request: PipelineRequest, link: Link, before: Link | null, after: Link | null): PipelineModel {
  const stage = { name: link.title, options: link.trains ? lockOf(request) : [] };
  return {
    agent: agentOf(request),
    options: [...optionsOf(link.hours), { call: 'copyArtifactPermission', argument: LINKS.map(({ name }) => name).join(',') }],
    ...(before === null ? { triggers: [{ call: 'pollSCM', argument: 'H/15 * * * *' }], parameters: parametersOf(request) } : {}),
    environment: environmentOf(request),
    stages: [
      { ...stage, steps: [CHECKOUT, ...inFolder(request, [...begin(link, before), ...work(request, link), ...end(after)])] },
    ],
    post: postOf(request, link, after),
  };
}

/** Takes over what the job before pulled and asked, and its study, where the agent is another. */
function begin({ trains }: Link, before: Link | null): readonly Step[] {
  if (before === null) return [];
  const took: Step = {
    call: 'copyArtifacts',
    named: {
      projectName: before.name,
      selector: { call: 'upstream', named: { fallbackToLastSuccessful: true } },
      filter: ['asked/*', 'commit', 'below-target'].map((name) => `${RESULTS}/${name}`).join(','),
      target: '.hone/ci/in',
    },
  };
  return [took, runStage('follow'), ...(trains ? restored() : [])];
}

/** The study as any of the jobs left it last: one that was cut off may have been cut off in each. */
function restored(): readonly Step[] {
  const trains = LINKS.filter((link) => link.trains).toReversed();
  return trains.flatMap(({ name }) => [
    copyOf(name, 'lastCompleted', 'last', ['study', 'events', 'study.tar.gz']),
    runStage('restore'),
  ]);
}

function work(request: PipelineRequest, { stages }: Link): readonly Step[] {
  return stages.flatMap((stage) => {
    if (stage === 'report') return [copyOf(OWN, 'lastStable', 'green', ['result.json']), runStage(stage)];
    const usesIndex = ['image', 'train', 'tweak', 'retrain'].includes(stage);
    return usesIndex ? withIndex(request, [runStage(stage)]) : [runStage(stage)];
  });
}

/** The last job says what the chain came to. */
function end(after: Link | null): readonly Step[] {
  if (after !== null) return [];
  const judged = { buildResult: 'UNSTABLE', stageResult: 'UNSTABLE', catchInterruptions: false };
  return [{ call: 'catchError', named: judged, steps: [runStage('judge')] }];
}

/** What a job leaves is archived before the next one starts, which may run elsewhere. The last one tells the result, the others only a failure. */
function postOf(request: PipelineRequest, { trains }: Link, after: Link | null): Post {
  const kept = after === null ? PUBLISHED : PUBLISHED.slice(1);
  const always = inFolder(request, [...(trains ? [runStage('finish')] : []), ...kept]);
  if (after === null) return { always, cleanup: mailOf(request) };
  const start: readonly Step[] = [{ call: 'build', named: { job: after.name, wait: false } }];
  return { always, success: start, unstable: start, failure: failureMailOf(request) };
}
