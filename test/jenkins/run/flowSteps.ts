import { setTimeout as sleep } from 'node:timers/promises';
import type { Evaluator, RunStep, StepCall } from './evaluate.ts';
import { Failure, type Result } from './Failure.ts';
import type { Described, Scope } from './Scope.ts';
import { namedText, optionalText, textArgument } from './stepArguments.ts';
import { createDeferred } from '../../../src/base/createDeferred.ts';

/** Steps that steer: results, retries, limits, locks, credentials. */
export function flowSteps(evaluator: () => Evaluator): Readonly<Record<string, RunStep>> {
  return {
    echo: async ({ build }, call) => build.say(`${textArgument(call, 'message')}\n`),
    async error(_, call) {
      throw new Failure(optionalText(call, 'message') ?? 'error');
    },
    async unstable({ build }, call) {
      build.say(`WARNING: ${textArgument(call, 'message')}\n`);
      build.worsen('UNSTABLE');
    },
    script: (scope, { body }) => evaluator().body({ ...scope, locals: new Map(scope.locals) }, body),
    async sleep({ signal }, call) {
      const unit = MILLISECONDS[namedText(call, 'unit', 'SECONDS')] ?? 1000;
      await sleep(Number(textArgument(call, 'time')) * unit, undefined, { signal }).catch(() => {
        throw new Failure('The build was aborted.', 'ABORTED');
      });
    },
    catchError: (scope, call) => catchError(scope, call, () => evaluator().body(scope, call.body)),
    retry: (scope, call) => retry(scope, call, () => evaluator().body(scope, call.body)),
    timeout: (scope, call) => limit(scope, call, (limited) => evaluator().body(limited, call.body)),
    lock: (scope, call) => hold(scope, call, () => evaluator().body(scope, call.body)),
    withEnv: (scope, call) =>
      evaluator().body({ ...scope, environment: { ...scope.environment, ...overrides(call) } }, call.body),
    withCredentials: (scope, call) => {
      const given = bindings(scope, call);
      const environment = { ...scope.environment, ...given };
      return evaluator().body({ ...scope, environment, secrets: [...scope.secrets, ...Object.values(given)] }, call.body);
    },
  };
}

const MILLISECONDS: Readonly<Record<string, number>> = { SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 };

async function catchError({ build }: Scope, { named }: StepCall, body: () => Promise<unknown>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Failure) || (error.result === 'ABORTED' && named['catchInterruptions'] === false)) throw error;
    build.say(`ERROR: ${error.message}\n`);
    build.worsen((named['buildResult'] ?? 'FAILURE') as Result);
  }
}

async function retry({ signal }: Scope, call: StepCall, body: () => Promise<unknown>): Promise<unknown> {
  const count = Number(textArgument(call, 'count'));
  // Agents of this controller are not lost in the middle of a step: with conditions, nothing here is a reason to begin again.
  const attempts = Array.isArray(call.named['conditions']) ? 1 : count;
  for (let attempt = 1; ; attempt++) {
    try {
      return await body();
    } catch (error) {
      if (attempt >= attempts || signal.aborted || !(error instanceof Failure)) throw error;
    }
  }
}

/** Aborts what runs in it after a time. Also an option of a pipeline or a stage. */
export async function limit(scope: Scope, call: StepCall, body: (scope: Scope) => Promise<unknown>): Promise<unknown> {
  const unit = MILLISECONDS[namedText(call, 'unit', 'MINUTES')];
  const timeMs = Number(textArgument(call, 'time')) * (unit ?? NaN);
  if (!Number.isFinite(timeMs)) throw new Failure('timeout has no time.');
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), Math.min(timeMs, 2 ** 31 - 1));
  try {
    return await body({ ...scope, signal: AbortSignal.any([scope.signal, over.signal]) });
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for those who hold the same resource. Also an option of a stage. */
export async function hold({ build }: Scope, { named, positional }: StepCall, body: () => Promise<unknown>): Promise<unknown> {
  const { locks } = build.controller;
  const name = String(named['resource'] ?? named['label'] ?? positional[0]);
  const before = locks.get(name) ?? Promise.resolve();
  const released = createDeferred<void>();
  locks.set(
    name,
    before.then(() => released.promise),
  );
  await before;
  build.say(`Lock acquired on [${name}]\n`);
  try {
    return await body();
  } finally {
    released.resolve();
  }
}

function overrides({ named, positional }: StepCall): Readonly<Record<string, string>> {
  const list = (positional[0] ?? named['overrides']) as readonly string[];
  return Object.fromEntries(list.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
}

function bindings({ build }: Scope, { named, positional }: StepCall): Readonly<Record<string, string>> {
  const list = (positional[0] ?? named['bindings']) as readonly Described[];
  const given: Record<string, string> = {};
  for (const { described, named: of } of list) {
    const secret = build.controller.credentials.get(String(of['credentialsId']));
    if (secret === undefined) throw new Failure(`Could not find credentials entry with ID '${String(of['credentialsId'])}'`);
    if (described === 'string') given[String(of['variable'])] = secret;
    else if (described === 'usernamePassword') {
      const [user = '', password = ''] = secret.split(':');
      Object.assign(given, { [String(of['usernameVariable'])]: user, [String(of['passwordVariable'])]: password });
    } else throw new Failure(`There is no binding ${described}.`);
  }
  return given;
}
