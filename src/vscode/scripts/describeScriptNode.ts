import { basename } from 'node:path';
import type { Hyperparameter } from '../../core/space/SearchSpace.ts';
import {
  describePlace,
  describeRange,
  describeValue,
  explainFixed,
  explainHyperparameter,
  explainStructure,
} from '../code/describeHyperparameter.ts';
import { shorten, summarizeGroup } from '../code/groupSpace.ts';
import { nodeView, type NodeView } from '../NodeView.ts';
import { describeScript } from './describeScript.ts';
import type { ScriptNode } from './ScriptNode.ts';

/** Nodes shown at once below another. */
export const PAGE = 200;

/** How a node of the Scripts tree looks. */
export function describeScriptNode(node: ScriptNode): NodeView {
  switch (node.kind) {
    case 'folder':
      return nodeView({ label: basename(node.folder), icon: icon('root-folder'), children: 'expanded', context: 'folder' });
    case 'script':
      return describeScript(node.folder, node.script);
    case 'group':
      return nodeView({
        label: node.group.label,
        description: summarizeGroup(node.group),
        icon: icon(GROUP_ICONS.get(node.group.label) ?? 'layers'),
        children: 'collapsed',
        context: 'group',
      });
    case 'structures':
      return nodeView({
        label: 'Structure',
        description: node.structures.map(({ value, label }) => `${label} ${value}`).join(', '),
        icon: icon('type-hierarchy'),
        children: 'collapsed',
        context: 'group',
      });
    case 'fixed':
      return nodeView({
        label: 'Fixed',
        description: `${node.values.length} that stay`,
        icon: icon('lock'),
        children: 'collapsed',
        context: 'group',
      });
    case 'reasons':
      return nodeView({ label: 'Trains Here', icon: icon('target'), children: 'collapsed', context: 'group' });
    case 'note':
      return nodeView({
        label: node.text,
        icon: node.isProblem ? { icon: 'warning', color: 'list.warningForeground' } : icon('info'),
        tooltip: [node.text],
        context: 'note',
      });
    case 'more':
      return nodeView({
        label: `Show ${Math.min(PAGE, node.left)} More`,
        description: `${node.left} left`,
        icon: icon('ellipsis'),
        context: 'more',
        command: { id: 'hone.showMore', arguments: [node] },
      });
    default:
      return describeLeaf(node);
  }
}

type Leaf = Extract<ScriptNode, { kind: 'value' | 'structure' | 'fixedValue' | 'evidence' }>;

/** A click on what stands in the code shows it there. */
function describeLeaf(node: Leaf): NodeView {
  const command = { id: 'hone.openCode', arguments: [node] } as const;
  if (node.kind === 'evidence') {
    const { evidence, script } = node;
    const description = describePlace({ ...evidence, path: script.path }, script.path);
    return nodeView({
      label: evidence.text.trim(),
      description,
      icon: icon('symbol-event'),
      code: evidence.text,
      context: 'evidence',
      command,
    });
  }
  if (node.kind === 'fixedValue') {
    const { value } = node;
    return nodeView({
      label: value.name,
      description: `${shorten(describeValue(value.value))} · ${describePlace(value, node.script.path)} · fixed`,
      icon: { icon: 'lock-small', color: 'disabledForeground' },
      tooltip: explainFixed(value),
      context: value.setting === undefined ? 'fixed' : 'fixed.own',
      command,
    });
  }
  if (node.kind === 'structure') {
    const { structure } = node;
    return nodeView({
      label: structure.label,
      description: [String(structure.value), `${structure.min}–${structure.max}`, ...own(structure)].join(' · '),
      icon: icon('symbol-structure'),
      tooltip: explainStructure(structure),
      context: structure.setting === undefined ? 'value' : 'value.own',
      command,
    });
  }
  const { hyperparameter, script } = node;
  return nodeView({
    label: hyperparameter.name,
    description: [
      shorten(describeValue(hyperparameter.value)),
      shorten(describeRange(hyperparameter.range), 40),
      ...own(hyperparameter),
    ].join(' · '),
    icon: icon(iconOf(hyperparameter)),
    tooltip: [...explainHyperparameter(hyperparameter, script.path), describePlace(hyperparameter, script.path)],
    context: hyperparameter.setting === undefined ? 'value' : 'value.own',
    command,
  });
}

const GROUP_ICONS = new Map([
  ['Optimizer', 'dashboard'],
  ['Learning Rate Schedule', 'graph-line'],
  ['Training', 'sync'],
  ['Grid', 'table'],
]);

function own({ setting }: { readonly setting?: string }): string[] {
  return setting === undefined ? [] : ['own range'];
}

function iconOf({ range }: Hyperparameter): string {
  return range.kind === 'categorical' ? 'symbol-enum' : 'symbol-number';
}

function icon(name: string): { readonly icon: string; readonly color: null } {
  return { icon: name, color: null };
}
