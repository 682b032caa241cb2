import type { Scope } from '../python/flow/Scope.ts';
import { argumentOf, type Call } from '../python/flow/Value.ts';
import type { Expression } from '../python/Ast.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { KERAS_OPTIMIZERS, TORCH_OPTIMIZERS, type OptimizerTable } from './optimizerTable.ts';
import type { Origin } from './Origin.ts';
import type { Site } from './Site.ts';

/** Optimizers that are used, with their settings, and learning-rate schedules. `used` are the calls whose results go anywhere. */
export function optimizerSites(calls: readonly Call[], used: ReadonlySet<Call>, scope: Scope): Site[] {
  return calls.flatMap((call) => {
    if (call.callee.kind !== 'external') return [];
    const path = canonicalPath(call.callee.path);
    if (call.name === 'StepLR' || call.name === 'ExponentialLR' || call.name === 'MultiStepLR') return schedule(call);
    if (path.startsWith('keras.optimizers.schedules.')) return used.has(call) ? initialRate(call) : [];
    const table = tableOf(path);
    if (table === null || !used.has(call)) return [];
    return [...choice(call, table, scope), ...settings(call, table)];
  });
}

function tableOf(path: string): OptimizerTable | null {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (/^torch\.optim\.(?!lr_scheduler)/u.test(path)) return name in TORCH_OPTIMIZERS.accepts ? TORCH_OPTIMIZERS : null;
  const keras =
    /^keras\.(?:optimizers|optimizer_v\d|models|layers)?\b/u.test(path) || /^tensorflow\.(?:train|optimizers)\./u.test(path);
  return keras && name.replace(/Optimizer$/u, '') in KERAS_OPTIMIZERS.accepts ? KERAS_OPTIMIZERS : null;
}

function settings(call: Call, table: OptimizerTable): Site[] {
  const sites: Site[] = [];
  for (const [argument, name] of Object.entries(table.settings)) {
    const given = argumentOf(call, argument, table.positions[argument] ?? null);
    if (given !== null) sites.push({ name, value: given.value, owner: 'optimizer', call, fixed: null });
  }
  return sites;
}

function schedule(call: Call): Site[] {
  const names = { step_size: 'lr_step_size', gamma: 'lr_gamma' } as const;
  const positions: Readonly<Record<string, number>> =
    call.name === 'StepLR' ? { step_size: 1, gamma: 2 } : { gamma: call.name === 'ExponentialLR' ? 1 : 2 };
  return Object.entries(names).flatMap(([argument, name]): Site[] => {
    const given = argumentOf(call, argument, positions[argument] ?? null);
    return given === null ? [] : [{ name, value: given.value, owner: 'scheduler', call, fixed: null }];
  });
}

function initialRate(call: Call): Site[] {
  const given = argumentOf(call, 'initial_learning_rate', 0);
  return given === null ? [] : [{ name: 'learning_rate', value: given.value, owner: 'optimizer', call, fixed: null }];
}

/** The optimizer itself: the class that is called, and what else takes the arguments that it is given. */
function choice(call: Call, table: OptimizerTable, scope: Scope): Site[] {
  const callee =
    'kind' in call.node && (call.node as Expression).kind === 'call'
      ? (call.node as Extract<Expression, { kind: 'call' }>).callee
      : null;
  if (callee === null || (callee.kind !== 'attribute' && callee.kind !== 'name')) return [];
  const own = call.name;
  const origin: Origin = { node: callee, value: nameOf(own), texts: textsFor(call, callee, table, scope) };
  return [{ name: 'optimizer', value: call.callee, origins: [origin], owner: 'optimizer', call, fixed: null }];
}

function nameOf(className: string): string {
  return className.replace(/Optimizer$/u, '').toLowerCase();
}

function textsFor(call: Call, callee: Expression, table: OptimizerTable, scope: Scope): Record<string, string> {
  const text = callee.source.text.slice(callee.start, callee.end);
  const texts: Record<string, string> = { [nameOf(call.name)]: text };
  // TensorFlow 1's have other names and other arguments.
  if (call.callee.kind !== 'external' || call.name.endsWith('Optimizer')) return texts;
  const given = call.args.map(
    (argument, index) => argument.keyword ?? Object.entries(table.positions).find(([, at]) => at === index)?.[0] ?? '',
  );
  for (const other of table.choices) {
    const accepts = [...table.common, ...(table.accepts[other] ?? [])];
    const needsRate = other === 'SGD' && table === TORCH_OPTIMIZERS && !given.includes('lr');
    if (nameOf(other) in texts || needsRate || !given.every((argument) => accepts.includes(argument))) continue;
    texts[nameOf(other)] = spell(other, text, call.callee.path, scope);
  }
  return texts;
}

/** How another optimizer of the same module is written where one stands: imported names first, else through the module. */
function spell(other: string, text: string, path: string, scope: Scope): string {
  const dot = text.lastIndexOf('.');
  if (dot !== -1) return text.slice(0, dot + 1) + other;
  const wanted = `${path.slice(0, path.lastIndexOf('.'))}.${other}`;
  for (const [name, value] of scope.module.names) if (value.kind === 'external' && value.path === wanted) return name;
  const [root = '', ...rest] = wanted.split('.');
  return `__import__('${root}').${rest.join('.')}`;
}
