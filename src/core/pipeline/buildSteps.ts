import type { Agent, Step, Value } from './PipelineModel.ts';
import type { PipelineRequest } from './PipelineRequest.ts';
import { RESULTS, STAGE_SCRIPT } from './stageScript.ts';

/** Stages of the script that the pipelines call. */
export type ScriptStage =
  | 'pull'
  | 'follow'
  | 'restore'
  | 'detect'
  | 'image'
  | 'train'
  | 'tune'
  | 'tweak'
  | 'retrain'
  | 'report'
  | 'judge'
  | 'finish'
  | 'monitor';

/** A stage of the script. What is run stands in single quotes and holds nothing from outside. */
export function runStage(stage: ScriptStage): Step {
  return { call: 'sh', argument: `sh ${STAGE_SCRIPT} ${stage}` };
}

/** The code of the commit that the build is for. */
export const CHECKOUT: Step = { call: 'checkout', argument: { of: null, name: 'scm' } };

/** Steps in the folder of the script. */
export function inFolder({ directory }: PipelineRequest, steps: readonly Step[]): readonly Step[] {
  return directory === '' ? steps : [{ call: 'dir', argument: directory, steps }];
}

/** A file among the results, as the workspace has it. */
export function resultFile({ directory }: PipelineRequest, name: string): string {
  return `${directory === '' ? '' : `${directory}/`}${RESULTS}/${name}`;
}

/** Steps that see the address of the private index, where there is one. */
export function withIndex({ indexCredentials }: PipelineRequest, steps: readonly Step[]): readonly Step[] {
  if (indexCredentials === null) return steps;
  const secret: Step = { call: 'string', named: { credentialsId: indexCredentials, variable: 'HONE_INDEX_URL' } };
  return [{ call: 'withCredentials', argument: [secret], steps }];
}

/** Where a pipeline runs: all of one study meet in one folder of the agent, so that the monitor finds what the others started. */
export function agentOf({ label, name }: PipelineRequest): Agent {
  return { label, attempts: 2, workspace: `hone/${name}` };
}

/** What a training holds for itself: the GPUs, where it uses any. */
export function lockOf({ gpus }: PipelineRequest): readonly Step[] {
  if (gpus === null) return [];
  return [{ call: 'lock', named: { label: 'gpu', ...(gpus === 'all' ? {} : { quantity: gpus }) } }];
}

/** What every pipeline of the study has set: who it is about, and where `hone` comes from. */
export function environmentOf({ name, script, hone }: PipelineRequest): Readonly<Record<string, string>> {
  return { HONE_NAME: name, HONE_SCRIPT: script, HONE_DEFAULT: hone };
}

/** Options that every pipeline has. */
export function optionsOf(hours: number): readonly Step[] {
  const kept = { numToKeepStr: '30', artifactNumToKeepStr: '10' };
  return [
    { call: 'disableConcurrentBuilds' },
    { call: 'buildDiscarder', argument: { call: 'logRotator', named: kept } },
    { call: 'skipDefaultCheckout' },
    { call: 'timeout', named: { time: hours, unit: 'HOURS' } },
  ];
}

/** What may be asked of one build. Each default works, also in the first build, which knows no parameters yet. */
export function parametersOf({ hone }: PipelineRequest): readonly Step[] {
  const text = (name: string, defaultValue: string, description: string): Step => ({
    call: 'string',
    named: { name, defaultValue, description },
  });
  return [
    text(
      'HONE',
      hone,
      'Where hone comes from: a command, a packed tarball (path or address), a package with its version, docker://IMAGE',
    ),
    text('TARGET', '', 'The value wanted, such as 95%; empty: that of hone.yaml'),
    text('TRIALS', '', 'At most so many trials; empty: as many as pay'),
    text('MINUTES', '', 'At most so long; empty: as long as it pays'),
    text('STUDY', '', 'Go on with this study; empty: one for each state of the code'),
    {
      call: 'choice',
      named: { name: 'RUNTIME', choices: ['auto', 'docker', 'local'], description: 'Containers, or the Python of the agent' },
    },
  ];
}

/**
 * The mail that tells the result, with the report and the diff. What the result says is a file's text, in which the stages leave nothing that
 * email-ext would take for a token of its own.
 */
export function mailOf(request: PipelineRequest): readonly Step[] {
  const body = `\${FILE,path="${RESULTS}/summary.txt"}\n$BUILD_URL\n`;
  const attachmentsPattern = `${RESULTS}/report.html,${RESULTS}/best.patch`;
  return inFolder(request, [{ call: 'emailext', named: { ...addressed(request), body, attachmentsPattern } }]);
}

/** The mail of a job that has no result to tell. */
export function failureMailOf(request: PipelineRequest): readonly Step[] {
  return [{ call: 'emailext', named: { ...addressed(request), body: '$BUILD_URL\n' } }];
}

function addressed({ to }: PipelineRequest): Readonly<Record<'to' | 'subject', string>> {
  return {
    to: to.length === 0 ? '$DEFAULT_RECIPIENTS' : to.join(', '),
    subject: '$PROJECT_NAME, build $BUILD_NUMBER: $BUILD_STATUS',
  };
}

/** The job itself, as `copyOf` names it. */
export const OWN: Value = { of: 'env', name: 'JOB_NAME' };

/** Files of another build, where there is one, by their names among the results; they are put below `.hone/ci`. */
export function copyOf(job: Value, which: 'lastCompleted' | 'lastStable', to: string, names: readonly string[]): Step {
  const selector: Step = which === 'lastCompleted' ? { call: which } : { call: 'lastSuccessful', named: { stable: true } };
  const filter = names.map((name) => `${RESULTS}/${name}`).join(',');
  const place = { filter, target: `.hone/ci/${to}`, flatten: true, optional: true };
  return { call: 'copyArtifacts', named: { projectName: job, selector, ...place } };
}

/** What Jenkins keeps of the results: they are read as JUnit's, and archived. */
export const PUBLISHED: readonly Step[] = [
  { call: 'junit', named: { testResults: `${RESULTS}/junit.xml`, allowEmptyResults: true } },
  { call: 'archiveArtifacts', named: { artifacts: `${RESULTS}/**`, allowEmptyArchive: true, fingerprint: true } },
];
