import type { ScriptInspection } from '../../app/Hone.ts';
import { groupSpace } from '../code/groupSpace.ts';
import type { ScriptNode, ScriptNodeContent } from './ScriptNode.ts';

type Of<K extends ScriptNode['kind']> = Extract<ScriptNode, { kind: K }>;

/** What is below a script: its hyperparameters by layer, its structure, what is fixed, and why it is listed. */
export function scriptChildren(parent: Of<'script'>, inspection: ScriptInspection | null): ScriptNode[] {
  const { folder, script } = parent;
  const child = (key: string, content: ScriptNodeContent): ScriptNode => ({ ...content, key: `${parent.key}\n${key}`, parent });
  const note = (text: string, isProblem: boolean): ScriptNode => child(text, { kind: 'note', folder, script, text, isProblem });
  const reasons = script.evidence.length === 0 ? [] : [child('reasons', { kind: 'reasons', folder, script })];
  if (inspection === null) return [note('What can be tuned could not be read.', true), ...reasons];
  const { space, problem } = inspection;
  const { structure, fixed } = space;
  const groups = groupSpace(space);
  return [
    ...(problem === null ? [] : [note(problem, true)]),
    ...groups.map((group) => child(`group ${group.label}`, { kind: 'group', folder, script, group })),
    ...(structure.length === 0 ? [] : [child('structure', { kind: 'structures', folder, script, structures: structure })]),
    ...(groups.length + structure.length > 0 ? [] : [note('Nothing in it can be tuned.', false)]),
    ...(fixed.length === 0 ? [] : [child('fixed', { kind: 'fixed', folder, script, values: fixed })]),
    ...reasons,
  ];
}

/** What is below a node inside a script. */
export function nodeChildren(parent: ScriptNode): ScriptNode[] {
  const child = (key: string, content: ScriptNodeContent): ScriptNode => ({ ...content, key: `${parent.key}\n${key}`, parent });
  switch (parent.kind) {
    case 'group': {
      const { folder, script, group } = parent;
      return group.values.map((hyperparameter) => child(hyperparameter.id, { kind: 'value', folder, script, hyperparameter }));
    }
    case 'structures': {
      const { folder, script, structures } = parent;
      return structures.map((structure) => child(structure.id, { kind: 'structure', folder, script, structure }));
    }
    case 'fixed': {
      const { folder, script, values } = parent;
      return values.map((value, index) => child(`${index}`, { kind: 'fixedValue', folder, script, value }));
    }
    case 'reasons': {
      const { folder, script } = parent;
      return script.evidence.map((evidence, index) => child(`${index}`, { kind: 'evidence', folder, script, evidence }));
    }
    default:
      return [];
  }
}
