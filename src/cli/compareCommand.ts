import type { Command } from 'commander';
import type { Metric } from '../core/scan/Script.ts';
import type { Comparison, FileDifference, RunSummary } from '../core/study/compareRuns.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { describeMetric, describeValue } from './describeStudy.ts';
import { parseTrialName } from './parseTrialName.ts';
import { renderTable } from './renderTable.ts';
import { requireStudy } from './requireStudy.ts';
import { printable } from './Terminal.ts';

/** `hone compare A B`: two runs, or trials of studies as `ID:NUMBER`. */
export function addCompare(program: Command, context: CommandContext): void {
  const { hone, terminal } = context;
  addCommand(
    program,
    'compare <run> <other>',
    'how two runs differ, or trials (ID:NUMBER): result, settings, environment, source',
  ).action(async (one: string, two: string, options: CommonOptions) => {
    const names = [parseTrialName(one), parseTrialName(two)] as const;
    for (const { study } of names) await requireStudy(context, options.cwd, study);
    const comparison = await hone.compare(options.cwd, ...names);
    terminal.result(options.json === true ? JSON.stringify(comparison) : renderComparison(comparison));
  });
}

function renderComparison({ runs, difference, differences, files }: Comparison): string {
  const settings = differences.filter(({ section }) => section !== 'result');
  const rows = [
    ['result', ...runs.map(describeRun)],
    ...settings.map(({ section, name, values }) => {
      const absent = section === 'hyperparameters' ? 'as in the code' : '-';
      return [name, ...values.map((value) => value ?? absent)];
    }),
  ];
  const parts = [
    renderTable(['', ...runs.map(titleOf)], rows),
    ...(difference === null || runs[0].metric === null ? [] : [describeDifference(difference, runs[0].metric)]),
    ...(settings.length === 0 ? ['Settings and environment are the same.'] : []),
    files.length === 0 ? 'The source is the same.' : `\n${files.map(renderFile).join('\n')}`,
  ];
  return parts.join('\n');
}

function titleOf({ study, trial, name }: RunSummary): string {
  return `${study}${trial === null || trial === 0 ? '' : `:${trial}`}${name === null ? '' : ` (${name})`}`;
}

function describeRun({ metric, value, state }: RunSummary): string {
  return metric === null ? state : `${describeValue(value, metric)} ${describeMetric(metric)}`;
}

/** `The second is better by 0.0222.` */
function describeDifference(difference: number, { direction }: Metric): string {
  if (difference === 0) return 'The results are equal.';
  const better = difference > 0 === (direction === 'maximize');
  return `The second is ${better ? 'better' : 'worse'} by ${Number(Math.abs(difference).toPrecision(3))}.`;
}

function renderFile({ path, texts, diff }: FileDifference): string {
  const [from, to] = [texts[0] === null ? '/dev/null' : `a/${path}`, texts[1] === null ? '/dev/null' : `b/${path}`];
  // Line by line, so that a file's control characters cannot steer the terminal; a tab is no harm.
  return [`--- ${from}`, `+++ ${to}`, ...diff.trimEnd().split('\n')].map(printable).join('\n');
}
