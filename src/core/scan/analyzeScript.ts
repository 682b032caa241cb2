import { followModule, type Trace } from '../python/flow/followModule.ts';
import type { MissingName, ResolveData, ResolveModule } from '../python/flow/Interpreter.ts';
import type { Module } from '../python/Ast.ts';
import { lineText, positionAt } from '../python/Source.ts';
import type { Call } from '../python/flow/Value.ts';
import { classifyFamily } from './classifyFamily.ts';
import { classifyTask } from './classifyTask.ts';
import { explainIdle, explainTraining } from './explain.ts';
import { findApiNeeds } from './findApiNeeds.ts';
import { findFetch } from './findFetch.ts';
import { findMetric } from './findMetric.ts';
import { findPaths } from './findPaths.ts';
import { findTrainings, type Training } from './findTrainings.ts';
import { imageFor } from './imageFor.ts';
import { importedNames } from './importedPaths.ts';
import { isLibraryModule } from './isLibraryModule.ts';
import { isPublicName } from './isPublicName.ts';
import type { Evidence, Framework, Script } from './Script.ts';

export interface AnalysisOptions {
  /** Finds modules of the script's own folder; null for libraries. */
  readonly resolveModule: ResolveModule;
  /** Finds settings files of the script's own folder; none where absent. */
  readonly resolveData?: ResolveData;
  /** The words of the command line that come after the script; none where absent. */
  readonly words?: readonly string[];
  /** True once reading on is not worth the time. */
  readonly isOverdue: () => boolean;
}

/** Tells whether a module trains when it is run, and what: only by following its code, never by words in it. */
export function analyzeScript(module: Module, options: AnalysisOptions): Script {
  const following = followModule(module, { ...options, exports: isPublicName });
  const live = findTrainings(following.run);
  const trace = live.length > 0 ? following.run : following.followUncalled();
  const all = live.length > 0 ? live : findTrainings(trace);
  const trainings = live.length > 0 || isLibraryModule(module) ? all : [];
  if (trainings.length === 0) return idle(trace, all);
  const framework = chooseFramework(trainings);
  const family = classifyFamily(trace, trainings, framework);
  const task = classifyTask(trace, trainings, framework);
  const first = trainings.find((training) => training.framework === framework) ?? trainings[0];
  const missing =
    trace.missing.find((name) => name.live && name.order <= (first?.call.order ?? 0) && !mayBeBound(name, module)) ?? null;
  const metric = findMetric(trace, trainings, framework, task);
  return {
    path: module.path,
    trains: true,
    runsDirectly: live.length > 0 && missing === null,
    framework,
    family: family.family,
    task,
    metric,
    image: imageFor(trainings),
    evidence: evidenceOf(module, [family.call, ...trainings.map((training) => training.call)]),
    reason: explainTraining(trace, trainings, framework, family.family, live.length > 0, missing),
    imports: importedNames(module),
    fetches: evidenceOf(module, [findFetch(trace.calls)])[0] ?? null,
    paths: findPaths(trace.calls).map(({ text }) => text),
    files: [module.path],
    needs: findApiNeeds(trace),
  };
}

/** A script of which nothing is known but why it was not read. */
export function unreadableScript(path: string, reason: string): Script {
  return {
    path,
    trains: false,
    runsDirectly: false,
    framework: 'none',
    family: 'none',
    task: 'unknown',
    metric: null,
    image: null,
    evidence: [],
    reason,
    imports: [],
    fetches: null,
    paths: [],
    files: [path],
    needs: [],
  };
}

function idle(trace: Trace, uncalled: readonly Training[]): Script {
  const script = unreadableScript(trace.module.path, explainIdle(trace, uncalled));
  return {
    ...script,
    evidence: evidenceOf(
      trace.module,
      uncalled.map((training) => training.call),
    ),
    imports: importedNames(trace.module),
  };
}

/** In a file with syntax errors, what binds a name may be among what did not parse. */
function mayBeBound(missing: MissingName, module: Module): boolean {
  const errors = module.problems.filter((problem) => problem.kind === 'error');
  if (errors.length === 0) return false;
  if (
    errors.some(
      (error) => error.source === missing.node.source && error.line === positionAt(error.source, missing.node.start).line,
    )
  )
    return true;
  const binding = new RegExp(
    `(?:^|[\\s,(])${missing.name}\\s*(?:,[^=\\n]*)?=(?!=)|\\b(?:import|as|for|def|class)\\b[^\\n]*\\b${missing.name}\\b`,
    'mu',
  );
  return module.sources.some((source) => binding.test(source.text));
}

/** The framework of most trainings; a library outweighs hand-written loops. */
function chooseFramework(trainings: readonly Training[]): Framework {
  const counts = new Map<Framework, number>();
  for (const training of trainings) counts.set(training.framework, (counts.get(training.framework) ?? 0) + 1);
  const named = [...counts].filter(([framework]) => framework !== 'none').sort(([, a], [, b]) => b - a);
  return named[0]?.[0] ?? 'none';
}

const MAX_EVIDENCE = 5;

function evidenceOf(module: Module, calls: readonly (Call | null)[]): Evidence[] {
  const evidence = new Map<string, Evidence>();
  for (const call of calls) {
    if (call === null || !module.sources.includes(call.node.source)) continue;
    const { source } = call.node;
    const { line } = positionAt(source, call.node.start);
    const found: Evidence = {
      line,
      text: lineText(source, line).slice(0, 200),
      ...(source.cell === null ? {} : { cell: source.cell }),
    };
    evidence.set(`${found.cell ?? ''}:${line}`, found);
  }
  return [...evidence.values()].slice(0, MAX_EVIDENCE).sort((a, b) => (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line);
}
