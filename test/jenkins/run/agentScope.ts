import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GroovyNode } from '../groovy/GroovyTree.ts';
import { argumentsOf, bareCall, closureOf, methodName, statementsOf, textOf } from '../groovy/readNode.ts';
import type { Build } from './Build.ts';
import { killByCookie } from './killByCookie.ts';
import type { Scope } from './Scope.ts';

/** What steps see on an agent: a workspace that nobody else uses, and Jenkins' variables. `leave` gives it back. */
export function agentScope(build: Build, agent: GroovyNode | null): Scope {
  const { job, controller, number, cookie, parameters } = build;
  const workspace = lease(controller, join(build.agent, customWorkspace(agent) ?? join('workspace', job.name)));
  mkdirSync(workspace, { recursive: true });
  const environment = {
    ...controller.environment,
    ...Object.fromEntries(parameters),
    BUILD_ID: String(number),
    BUILD_NUMBER: String(number),
    BUILD_TAG: `jenkins-${job.name}-${number}`,
    BUILD_URL: `http://127.0.0.1/job/${job.name}/${number}/`,
    EXECUTOR_NUMBER: '0',
    JENKINS_NODE_COOKIE: cookie,
    JENKINS_URL: 'http://127.0.0.1/',
    JOB_BASE_NAME: job.name,
    JOB_NAME: job.name,
    NODE_NAME: 'agent',
    WORKSPACE: workspace,
  };
  return { build, workspace, directory: workspace, environment, secrets: [], signal: build.signal, locals: new Map() };
}

/** A scope moved to another agent: another workspace, and all else as it was. */
export function onAgent(outer: Scope, agent: GroovyNode): Scope {
  const { workspace } = agentScope(outer.build, agent);
  return { ...outer, workspace, directory: workspace, environment: { ...outer.environment, WORKSPACE: workspace } };
}

/** A workspace that nobody uses: one that is in use stands beside it, with a number. */
function lease({ leases, workspaces }: Build['controller'], path: string): string {
  let free = path;
  for (let number = 2; leases.has(free); number++) free = `${path}@${number}`;
  leases.add(free);
  workspaces.add(free);
  return free;
}

function customWorkspace(agent: GroovyNode | null): string | null {
  const closure = agent?.type === 'call' ? closureOf(agent) : null;
  const fields = closure === null ? [] : statementsOf(closure).flatMap((statement) => bareCall(statement) ?? []);
  const field = fields.find((one) => methodName(one) === 'customWorkspace');
  return field === undefined ? null : textOf(argumentsOf(field).positional[0]);
}

/** Gives a workspace back; what is left of the build ends then, unless it took another cookie. */
export function leave({ build, workspace }: Scope): void {
  killByCookie('JENKINS_NODE_COOKIE', build.cookie, 'SIGTERM');
  build.controller.leases.delete(workspace);
}
