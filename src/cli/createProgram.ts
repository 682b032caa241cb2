import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addApply } from './applyCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { addCheck } from './checkCommand.ts';
import { addInstallTfjs } from './installTfjsCommand.ts';
import { addClean } from './cleanCommand.ts';
import { addCompare } from './compareCommand.ts';
import { addDoctor } from './doctorCommand.ts';
import { addImport } from './importCommand.ts';
import { addLabels } from './labelCommands.ts';
import { addLook } from './lookCommands.ts';
import { addImage } from './imageCommand.ts';
import { addPipeline } from './pipelineCommand.ts';
import { addNotify } from './notifyCommand.ts';
import { addMonitor } from './monitorCommand.ts';
import { addPoll } from './pollCommand.ts';
import { addReport } from './reportCommand.ts';
import { addSave } from './saveCommand.ts';
import { addScan } from './scanCommand.ts';
import { addSpace } from './spaceCommand.ts';
import { addStudies } from './studiesCommands.ts';
import { addSupervise } from './superviseCommand.ts';
import { addSteering } from './steerCommands.ts';
import { addTrain } from './trainCommand.ts';
import { addTune } from './tuneCommand.ts';

/** The whole command line. Nothing runs before it is parsed. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('hone')
    .description('Trains the model in a folder in the right container, and tunes it until it is good enough.')
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.result(text),
      writeErr: (text) => context.terminal.say(text.trimEnd()),
    })
    .showSuggestionAfterError();
  addScan(program, context);
  addSpace(program, context);
  addTrain(program, context);
  addTune(program, context);
  addImage(program, context);
  addSteering(program, context);
  addApply(program, context);
  addStudies(program, context);
  addCompare(program, context);
  addReport(program, context);
  addLook(program, context);
  addSave(program, context);
  addImport(program, context);
  addCheck(program, context);
  addInstallTfjs(program, context);
  addLabels(program, context);
  addPipeline(program, context);
  addClean(program, context);
  addNotify(program, context);
  addPoll(program, context);
  addDoctor(program, context);
  addMonitor(program, context);
  addSupervise(program, context);
  return program;
}
