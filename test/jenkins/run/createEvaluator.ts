import { SCRIPT_FUNCTIONS } from '../model/checkSteps.ts';
import { Evaluator } from './evaluate.ts';
import { fileSteps } from './fileSteps.ts';
import { flowSteps } from './flowSteps.ts';
import { reportSteps } from './reportSteps.ts';
import { shellSteps } from './shellSteps.ts';

/** An evaluator of all steps that are carried out. */
export function createEvaluator(): Evaluator {
  const evaluator: Evaluator = new Evaluator(
    { ...shellSteps(), ...fileSteps(() => evaluator), ...flowSteps(() => evaluator), ...reportSteps() },
    SCRIPT_FUNCTIONS,
  );
  return evaluator;
}
