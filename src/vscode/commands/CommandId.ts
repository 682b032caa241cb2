/** Every command of the extension. package.json contributes exactly these; a unit test holds the two together. */
export const COMMAND_IDS = [
  'hone.train',
  'hone.trainScript',
  'hone.trainAgain',
  'hone.cancel',
  'hone.steer',
  'hone.reveal',
  'hone.scan',
  'hone.explainFiles',
  'hone.showOutput',
  'hone.openLog',
  'hone.openArtifact',
  'hone.revealArtifact',
  'hone.saveArtifact',
  'hone.openError',
  'hone.delete',
  'hone.showMore',
  'hone.openSample',
  'hone.checkMachine',
  'hone.useInterpreter',
  'hone.retryEngine',
  'hone.showLog',
  'hone.openSettings',
  'hone.openWalkthrough',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];
