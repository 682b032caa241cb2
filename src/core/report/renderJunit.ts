import type { ValueComparison } from '../study/compareValues.ts';
import type { Study, Trial } from '../study/Study.ts';
import { formatData, formatName, formatValue } from './formatMetric.ts';

/**
 * A study as JUnit XML: one suite, of which the test cases keep their names from build to build, so that a build server draws their trend. `trains`
 * fails with the study; `reaches the target` is there where one is set, `is no worse than before` where the study was compared.
 */
export function renderJunit(study: Study, against: ValueComparison | null): string {
  const cases = [trains(study), ...reaches(study), ...(against === null ? [] : [isNoWorse(study, against)])];
  const count = (outcome: Outcome['type']): number =>
    cases.filter(({ outcomes }) => outcomes.some(({ type }) => type === outcome)).length;
  const seconds = ((study.endedAt ?? study.updatedAt) - study.startedAt) / 1000;
  const suite = {
    name: `hone ${study.script}`,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds.toFixed(3),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites>`,
    `<testsuite${attributes(suite)}>`,
    `<properties>${properties(study)
      .map(([name, value]) => `<property${attributes({ name, value })}/>`)
      .join('')}</properties>`,
    ...cases.map((one) => renderCase(study, one)),
    `<system-out>${escapeXml(study.trials.map((trial) => describeTrial(study, trial)).join('\n'))}</system-out>`,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

interface Outcome {
  readonly type: 'failure' | 'error' | 'skipped';
  readonly message: string;
}

interface Case {
  readonly name: string;
  readonly seconds: number;
  readonly outcomes: readonly Outcome[];
}

function trains({ state, reason, trials }: Study): Case {
  const seconds = trials.find(({ number }) => number === 0)?.seconds ?? 0;
  const failed = state === 'failed' || state === 'cancelled';
  return { name: 'trains', seconds, outcomes: failed ? [{ type: 'error', message: reason ?? `It is ${state}.` }] : [] };
}

function reaches(study: Study): readonly Case[] {
  const { state, target, metric, reason, startedAt, endedAt, updatedAt } = study;
  if (target === null) return [];
  const goal = `${formatName(metric?.name ?? 'value')} of ${formatValue(metric?.name ?? '', target)}`;
  const message = `${reason ?? `It is ${state}.`} The target is ${goal}; the best is ${describeBest(study)}.`;
  const type = state === 'target-missed' ? 'failure' : state === 'target-reached' ? null : 'skipped';
  const outcomes = type === null ? [] : [{ type, message } as const];
  return [{ name: 'reaches the target', seconds: ((endedAt ?? updatedAt) - startedAt) / 1000, outcomes }];
}

function isNoWorse(study: Study, { study: earlier, value, noise, worse }: ValueComparison): Case {
  const { name = '' } = study.metric ?? {};
  const chance = noise === null ? 'how far chance moves it is not known' : `chance explains ${Number(noise.toPrecision(3))}`;
  const message = `${earlier} had ${formatValue(name, value)}, this has ${describeBest(study)}; ${chance}.`;
  return { name: 'is no worse than before', seconds: 0, outcomes: worse ? [{ type: 'failure', message }] : [] };
}

function describeBest(study: Study): string {
  const best = study.trials.find(({ number }) => number === study.best);
  if (best?.result == null) return 'none';
  const data = formatData(best.result.data);
  return `${formatValue(best.result.name, best.value)}${data === '' ? '' : ` on ${data} data`}`;
}

function properties(study: Study): readonly (readonly [string, string])[] {
  const { id, runtime, image, metric, target, best } = study;
  const valueOf = (number: number | null): number | null => study.trials.find((trial) => trial.number === number)?.value ?? null;
  const all = {
    study: id,
    runtime,
    image,
    metric: metric?.name ?? null,
    target,
    baseline: valueOf(0),
    best: valueOf(best),
    trial: best,
  };
  return Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)] as const]));
}

function describeTrial({ metric }: Study, { number, state, value, hyperparameters, repeats, reason }: Trial): string {
  const changed = Object.entries(hyperparameters).map(([id, one]) => `${id}=${JSON.stringify(one)}`);
  const parts = [
    `trial ${number}: ${state}`,
    value === null ? '' : formatValue(metric?.name ?? '', value),
    repeats === 0 ? '' : `${repeats} repeats`,
    changed.join(' '),
    reason ?? '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function renderCase(study: Study, { name, seconds, outcomes }: Case): string {
  const head = `<testcase${attributes({ classname: `hone.${study.script}`, name, time: seconds.toFixed(3) })}`;
  const children = outcomes.map(({ type, message }) => `<${type}${attributes({ message })}/>`);
  return children.length === 0 ? `${head}/>` : `${head}>${children.join('')}</testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text for an element or an attribute; characters that XML 1.0 cannot hold at all become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');
}
