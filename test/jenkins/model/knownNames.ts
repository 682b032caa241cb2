/** What may stand in each directive, by name; arguments that must be there end with `!`. Null leaves the arguments open. */
type Known = Readonly<Record<string, readonly string[] | null>>;

export const PIPELINE_SECTIONS = [
  'agent',
  'environment',
  'libraries',
  'options',
  'parameters',
  'post',
  'stages',
  'tools',
  'triggers',
];
export const STAGE_SECTIONS = [
  ...['agent', 'environment', 'failFast', 'input', 'matrix', 'options', 'parallel'],
  ...['post', 'stages', 'steps', 'tools', 'when'],
];

export const POST_CONDITIONS = [
  ...['always', 'changed', 'fixed', 'regression', 'aborted', 'failure'],
  ...['success', 'unstable', 'unsuccessful', 'notBuilt', 'cleanup'],
];

const LABELS = ['label', 'customWorkspace', 'retries'];
const CONTAINER = ['args', 'reuseNode', 'alwaysPull', 'registryUrl', 'registryCredentialsId'];
export const AGENTS: Known = {
  label: ['label!', 'customWorkspace', 'retries'],
  node: ['label!', 'customWorkspace', 'retries'],
  docker: ['image!', ...LABELS, ...CONTAINER, 'containerPerStageRoot'],
  dockerfile: ['filename', 'dir', 'additionalBuildArgs', ...LABELS, ...CONTAINER],
  kubernetes: null,
};

/** Wrappers may stand for a stage, too. */
export const STAGE_OPTIONS: Known = {
  catchError: null,
  lock: null,
  retry: null,
  script: null,
  skipDefaultCheckout: null,
  timeout: ['time!', 'unit', 'activity'],
  timestamps: [],
  ansiColor: null,
  warnError: null,
  withCredentials: null,
  withEnv: null,
};
export const PIPELINE_OPTIONS: Known = {
  ...STAGE_OPTIONS,
  buildDiscarder: null,
  checkoutToSubdirectory: null,
  copyArtifactPermission: null,
  disableConcurrentBuilds: ['abortPrevious'],
  disableRestartFromStage: [],
  disableResume: [],
  durabilityHint: null,
  newContainerPerStage: [],
  overrideIndexTriggers: null,
  parallelsAlwaysFailFast: [],
  preserveStashes: ['buildCount'],
  quietPeriod: null,
  rateLimitBuilds: null,
  skipStagesAfterUnstable: [],
};

export const TRIGGERS: Known = {
  cron: [],
  pollSCM: [],
  upstream: ['upstreamProjects', 'threshold'],
  githubPush: [],
  gitlab: null,
  GenericTrigger: null,
};

const DESCRIBED = ['name!', 'description', 'defaultValue'];
export const PARAMETERS: Known = {
  string: [...DESCRIBED, 'trim'],
  text: [...DESCRIBED, 'trim'],
  booleanParam: DESCRIBED,
  choice: ['name!', 'description', 'choices!'],
  password: [...DESCRIBED, 'defaultValueAsSecret'],
  file: ['name!', 'description'],
  credentials: null,
  run: null,
};

/** Conditions of `when`; those of `NESTING` hold others. */
export const NESTING: Readonly<Record<string, number>> = { allOf: Infinity, anyOf: Infinity, not: 1 };
export const CONDITIONS: Known = {
  ...{ allOf: null, anyOf: null, not: null, expression: null },
  branch: ['pattern', 'comparator'],
  buildingTag: [],
  changelog: ['pattern'],
  changeRequest: null,
  changeset: ['pattern', 'comparator', 'glob', 'caseSensitive'],
  environment: ['name!', 'value!', 'ignoreCase'],
  equals: ['actual!', 'expected!'],
  isRestartedRun: [],
  tag: ['pattern', 'comparator'],
  triggeredBy: ['cause', 'detail'],
};
export const WHEN_FLAGS = ['beforeAgent', 'beforeInput', 'beforeOptions'];

export const INPUT_FIELDS = ['id', 'message', 'ok', 'parameters', 'submitter', 'submitterParameter'];
