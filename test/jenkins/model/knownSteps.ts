/** A step: the plugin that it is from, its arguments (`!`: it must be there), the one that may stand without its name, and whether it has a body. */
export interface KnownStep {
  readonly plugin: string;
  readonly arguments: readonly string[];
  readonly single: string | null;
  readonly body: boolean;
}

function step(plugin: string, names: string, single: string | null = null, body = false): KnownStep {
  return { plugin, arguments: names === '' ? [] : names.split(' '), single, body };
}

const SHELL = 'script! returnStatus returnStdout label encoding';
const BASIC = 'workflow-basic-steps';

/** The steps that a generated pipeline may use. A step that is not here is one that nobody looked up. */
export const KNOWN_STEPS: Readonly<Record<string, KnownStep>> = {
  archiveArtifacts: step(
    'workflow-basic-steps',
    'artifacts! allowEmptyArchive fingerprint excludes onlyIfSuccessful caseSensitive defaultExcludes followSymlinks',
    'artifacts',
  ),
  bat: step('workflow-durable-task-step', SHELL, 'script'),
  build: step('pipeline-build-step', 'job! parameters propagate quietPeriod wait waitForStart', 'job'),
  catchError: step(BASIC, 'buildResult stageResult message catchInterruptions', null, true),
  checkout: step('workflow-scm-step', 'scm! changelog poll', 'scm'),
  cleanWs: step('ws-cleanup', 'deleteDirs patterns notFailBuild disableDeferredWipeout'),
  copyArtifacts: step(
    'copyartifact',
    'projectName! selector filter target flatten optional fingerprintArtifacts excludes resultVariableSuffix parameters',
    'projectName',
  ),
  deleteDir: step(BASIC, ''),
  dir: step(BASIC, 'path!', 'path', true),
  echo: step(BASIC, 'message!', 'message'),
  emailext: step(
    'email-ext',
    'subject! body! to from replyTo mimeType attachLog attachmentsPattern compressLog recipientProviders presendScript postsendScript',
  ),
  error: step(BASIC, 'message!', 'message'),
  fileExists: step(BASIC, 'file!', 'file'),
  input: step('pipeline-input-step', 'message! id ok parameters submitter submitterParameter', 'message'),
  isUnix: step(BASIC, ''),
  junit: step(
    'junit',
    'testResults! allowEmptyResults keepLongStdio healthScaleFactor skipPublishingChecks skipMarkingBuildUnstable checksName testDataPublishers',
    'testResults',
  ),
  lock: step(
    'lockable-resources',
    'resource label quantity inversePrecedence skipIfLocked variable extra priority',
    'resource',
    true,
  ),
  node: step('workflow-durable-task-step', 'label', 'label', true),
  powershell: step('workflow-durable-task-step', SHELL, 'script'),
  pwd: step(BASIC, 'tmp'),
  readFile: step(BASIC, 'file! encoding', 'file'),
  readJSON: step('pipeline-utility-steps', 'file text returnPojo'),
  retry: step(BASIC, 'count! conditions', 'count', true),
  script: step('pipeline-model-definition', '', null, true),
  sh: step('workflow-durable-task-step', SHELL, 'script'),
  sleep: step(BASIC, 'time! unit', 'time'),
  stage: step('pipeline-stage-step', 'name! concurrency', 'name', true),
  stash: step(BASIC, 'name! includes excludes allowEmpty useDefaultExcludes', 'name'),
  timeout: step(BASIC, 'time! unit activity', 'time', true),
  timestamps: step('timestamper', '', null, true),
  unstable: step(BASIC, 'message!', 'message'),
  unstash: step(BASIC, 'name!', 'name'),
  waitUntil: step(BASIC, 'initialRecurrencePeriod quiet', null, true),
  warnError: step(BASIC, 'message! buildResult catchInterruptions', 'message', true),
  withCredentials: step('credentials-binding', 'bindings!', 'bindings', true),
  withEnv: step(BASIC, 'overrides!', 'overrides', true),
  writeFile: step(BASIC, 'file! text! encoding'),
  writeJSON: step('pipeline-utility-steps', 'json! file pretty returnText'),
  ws: step('workflow-durable-task-step', 'dir!', 'dir', true),
};
