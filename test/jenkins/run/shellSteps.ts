import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { headOf } from './Controller.ts';
import { Failure } from './Failure.ts';
import type { RunStep } from './evaluate.ts';
import { runShell } from './runShell.ts';
import { flag, textArgument } from './stepArguments.ts';

/** Steps that start programs: `sh` and `checkout`. */
export function shellSteps(): Readonly<Record<string, RunStep>> {
  return {
    async sh(scope, call) {
      const { build, directory, environment, secrets, signal } = scope;
      mkdirSync(directory, { recursive: true });
      const onOutput = (text: string): void => build.say(text);
      const { code, stdout } = await runShell(textArgument(call, 'script'), {
        directory,
        environment,
        secrets,
        signal,
        onOutput,
      });
      if (flag(call, 'returnStatus')) return code;
      if (code !== 0) throw new Failure(`script returned exit code ${code}`);
      return flag(call, 'returnStdout') ? stdout : null;
    },
    async checkout({ build, directory }, call) {
      const scm = (call.positional[0] ?? call.named['scm']) as { readonly described?: string } | undefined;
      if (scm?.described !== 'scm') throw new Failure("Only the job's own repository is checked out.");
      const commit = headOf(build.job);
      const git = (...args: readonly string[]): void => void execFileSync('git', args, { cwd: directory, stdio: 'pipe' });
      mkdirSync(directory, { recursive: true });
      if (!existsSync(`${directory}/.git`)) git('init', '--quiet');
      git('fetch', '--quiet', '--no-tags', build.job.remote, build.job.branch);
      git('checkout', '--quiet', '--force', '--detach', commit);
      build.say(`Checking out Revision ${commit}\n`);
      return { GIT_COMMIT: commit, GIT_BRANCH: `origin/${build.job.branch}` };
    },
  };
}
