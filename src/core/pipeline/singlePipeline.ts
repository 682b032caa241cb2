import {
  agentOf,
  copyOf,
  OWN,
  PUBLISHED,
  CHECKOUT,
  environmentOf,
  inFolder,
  lockOf,
  mailOf,
  optionsOf,
  parametersOf,
  resultFile,
  runStage,
  withIndex,
  type ScriptStage,
} from './buildSteps.ts';
import type { PipelineModel, Stage, Step } from './PipelineModel.ts';
import type { PipelineRequest } from './PipelineRequest.ts';

/** Longest that a build may take, hours. Its study goes on in the next. */
const HOURS = 12;

/** All of it in one pipeline: pull, find the study, look at the code, make the image, train, tune where that missed the target, report. */
export function singlePipeline(request: PipelineRequest): PipelineModel {
  const step = (stage: ScriptStage): readonly Step[] => inFolder(request, [runStage(stage)]);
  const train = (stage: ScriptStage): Pick<Stage, 'options' | 'steps'> => ({
    options: lockOf(request),
    steps: inFolder(request, withIndex(request, [runStage(stage)])),
  });
  return {
    agent: agentOf(request),
    options: [...optionsOf(HOURS), { call: 'copyArtifactPermission', argument: '*' }],
    // A webhook of the repository's host starts it at once; this is for pushes of which none came.
    triggers: [{ call: 'pollSCM', argument: 'H/15 * * * *' }],
    parameters: parametersOf(request),
    environment: environmentOf(request),
    stages: [
      { name: 'Pull', steps: [CHECKOUT, ...step('pull')] },
      {
        name: 'Find the study',
        when: [{ file: resultFile(request, 'known'), exists: false }],
        steps: inFolder(request, [
          copyOf(OWN, 'lastCompleted', 'last', ['study', 'events', 'study.tar.gz']),
          runStage('restore'),
        ]),
      },
      { name: 'Detect', steps: step('detect') },
      { name: 'Image', steps: inFolder(request, withIndex(request, [runStage('image')])) },
      { name: 'Train', ...train('train') },
      { name: 'Tune', when: [{ file: resultFile(request, 'below-target'), exists: true }], ...train('tune') },
      { name: 'Report', steps: inFolder(request, [copyOf(OWN, 'lastStable', 'green', ['result.json']), runStage('report')]) },
      {
        name: 'Judge',
        when: [{ file: resultFile(request, 'unstable'), exists: true }],
        steps: [{ call: 'unstable', argument: 'The target was missed, or the value fell below that of the last green build.' }],
      },
    ],
    post: { always: [...inFolder(request, [runStage('finish'), ...PUBLISHED])], cleanup: mailOf(request) },
  };
}
