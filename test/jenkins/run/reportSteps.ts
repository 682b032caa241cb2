import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createTransport } from 'nodemailer';
import { antFiles } from './antFiles.ts';
import { Failure } from './Failure.ts';
import type { RunStep, StepCall } from './evaluate.ts';
import type { Described, Scope } from './Scope.ts';
import { flag, namedText, textArgument } from './stepArguments.ts';

/** Steps that tell others: `junit`, `emailext` and `build`. */
export function reportSteps(): Readonly<Record<string, RunStep>> {
  return { junit: async (scope, call) => junit(scope, call), emailext, build: startBuild };
}

const COUNT = `
import json, sys, xml.etree.ElementTree as tree
cases = [case for path in sys.argv[1:] for case in tree.parse(path).getroot().iter('testcase')]
print(json.dumps([len(cases), sum(case.find('failure') is not None or case.find('error') is not None for case in cases), sum(case.find('skipped') is not None for case in cases)]))
`;

function junit({ build, directory }: Scope, call: StepCall): void {
  const paths = existsSync(directory) ? antFiles(directory, textArgument(call, 'testResults')) : [];
  if (paths.length === 0) {
    if (flag(call, 'allowEmptyResults')) return;
    throw new Failure('No test report files were found.');
  }
  const counted = execFileSync('python3', ['-c', COUNT, ...paths.map((path) => join(directory, path))], { encoding: 'utf8' });
  const [total, failed, skipped] = JSON.parse(counted) as readonly [number, number, number];
  build.tests.total += total;
  build.tests.failed += failed;
  build.tests.skipped += skipped;
  if (failed > 0 && !flag(call, 'skipMarkingBuildUnstable')) build.worsen('UNSTABLE');
}

async function emailext(scope: Scope, call: StepCall): Promise<void> {
  const { build, directory } = scope;
  const { port, recipients } = build.controller.mail;
  const expand = (name: string): string => expandTokens(scope, namedText(call, name, ''));
  const to = expand('to').replaceAll('$DEFAULT_RECIPIENTS', recipients);
  if (to === '') return build.say('An attempt to send an e-mail to empty list of recipients, ignored.\n');
  const pattern = namedText(call, 'attachmentsPattern', '');
  const attached = pattern === '' || !existsSync(directory) ? [] : antFiles(directory, pattern);
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  await transport.sendMail({
    from: 'jenkins@example.org',
    to,
    subject: expand('subject'),
    text: expand('body'),
    attachments: attached.map((path) => ({ filename: basename(path), path: join(directory, path) })),
  });
  transport.close();
  build.say(`Sending email to: ${to}\n`);
}

/** The tokens that email-ext replaces: of the build, and whole files. */
function expandTokens({ build, directory }: Scope, text: string): string {
  const tokens: Readonly<Record<string, string>> = {
    PROJECT_NAME: build.job.name,
    BUILD_NUMBER: String(build.number),
    BUILD_STATUS: STATUS[build.result] ?? build.result,
    BUILD_URL: `http://127.0.0.1/job/${build.job.name}/${build.number}/`,
  };
  const files = text.replace(/\$\{FILE,\s*path="([^"]*)"\}/gu, (_, path: string) => {
    const place = join(directory, path);
    return existsSync(place) ? readFileSync(place, 'utf8') : `ERROR: File '${path}' does not exist`;
  });
  return files.replace(/\$\{?(PROJECT_NAME|BUILD_NUMBER|BUILD_STATUS|BUILD_URL)\}?/gu, (_, name: string) => tokens[name] ?? '');
}

const STATUS: Readonly<Record<string, string>> = {
  SUCCESS: 'Successful',
  UNSTABLE: 'Unstable',
  FAILURE: 'Failure',
  ABORTED: 'Aborted',
};

async function startBuild({ build, signal }: Scope, call: StepCall): Promise<void> {
  const job = build.controller.jobs.get(textArgument(call, 'job').replace(/^(\.\.\/|\/)+/u, ''));
  if (job === undefined) throw new Failure(`No item named ${textArgument(call, 'job')} found`);
  const parameters = ((call.named['parameters'] ?? []) as readonly Described[]).map(
    ({ named }) => [String(named['name']), String(named['value'])] as const,
  );
  const started = build.controller.start(job, {
    parameters: new Map(parameters),
    upstream: build,
    ...(call.named['wait'] === false ? {} : { signal }),
  });
  if (call.named['wait'] === false) return;
  const { result, number } = await started.done;
  build.say(`Build ${job.name} #${number} completed: ${result}\n`);
  if (call.named['propagate'] === false || result === 'SUCCESS') return;
  if (result === 'UNSTABLE') return build.worsen('UNSTABLE');
  throw new Failure(`${job.name} #${number} completed with status ${result}`, result);
}
