import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createJenkinsLinter } from '../../src/adapters/jenkins/createJenkinsLinter.ts';
import type { HoneError } from '../../src/base/HoneError.ts';

const TOKEN = '11a2b3c4d5e6f7';
const ERRORS = `Errors encountered validating Jenkinsfile:
WorkflowScript: 3: Missing required section "agent" @ line 3, column 1.
   pipeline {
   ^

WorkflowScript: 7: Unknown stage section "step". Starting with version 0.5, steps in a stage must
be in a ‘steps’ block. @ line 7, column 5.
       stage('x') {
       ^
`;

let server: Server | null = null;
afterEach(() => server?.close());

/** What was posted, and how. */
interface Posted {
  readonly form: URLSearchParams;
  readonly request: IncomingMessage;
}

/** A server that speaks as the source of the plugin does: crumbs for a session, and 200 for whatever it thinks of the pipeline. */
async function serve(
  answer: string,
  { crumbs = true, status = 200, location = '' } = {},
): Promise<{ url: string; posted: Posted[] }> {
  const posted: Posted[] = [];
  const expected = `Basic ${Buffer.from(`ada:${TOKEN}`).toString('base64')}`;
  const made = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.headers.authorization !== expected) return response.writeHead(401).end('<html>');
      if (status !== 200) return response.writeHead(status, location === '' ? {} : { location }).end();
      if (request.url === '/jenkins/crumbIssuer/api/json') {
        if (!crumbs) return response.writeHead(404).end();
        return response
          .writeHead(200, { 'set-cookie': 'JSESSIONID=s1; HttpOnly' })
          .end('{"crumbRequestField":"Jenkins-Crumb","crumb":"c1"}');
      }
      const proved = request.headers['jenkins-crumb'] === 'c1' && request.headers.cookie === 'JSESSIONID=s1';
      if (request.url !== '/jenkins/pipeline-model-converter/validate' || (crumbs && !proved))
        return response.writeHead(403).end();
      posted.push({ form: new URLSearchParams(body), request });
      return response.writeHead(200, { 'content-type': 'text/plain' }).end(answer);
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(made.address() as AddressInfo).port}/jenkins/`, posted };
}

function validate(url: string, token = TOKEN): ReturnType<ReturnType<typeof createJenkinsLinter>['validate']> {
  return createJenkinsLinter().validate({ url, user: 'ada', token }, "pipeline { agent 'a&b=c' }", AbortSignal.timeout(10_000));
}

async function failure(url: string, token = TOKEN): Promise<string> {
  const error = await validate(url, token).then(
    () => null,
    (thrown: HoneError) => thrown,
  );
  expect(JSON.stringify([error?.message, error?.next])).not.toContain(TOKEN);
  return `${error?.message} ${error?.next}`;
}

test.each([true, false])('posts the text with a crumb where there are crumbs (%s), and takes the good answer', async (crumbs) => {
  const { url, posted } = await serve('Jenkinsfile successfully validated.', { crumbs });
  expect(await validate(url)).toEqual([]);
  expect(posted.map(({ form }) => form.get('jenkinsfile'))).toEqual(["pipeline { agent 'a&b=c' }"]);
});

test('reads errors from an answer that says 200, with their places', async () => {
  const { url } = await serve(ERRORS);
  expect(await validate(url)).toEqual([
    { line: 3, column: 1, message: 'Missing required section "agent"' },
    { line: 7, column: 5, message: expect.stringMatching(/^Unknown stage section "step"\..*‘steps’ block\.$/su) },
  ]);
});

test('says what is wrong, and never the token', async () => {
  const { url } = await serve('<html>A proxy.</html>');
  expect(await failure(url)).toContain('not as the linter of Jenkins does');
  expect(await failure(url, 'wrong')).toContain('does not know ada by this token');
  expect(await failure('http://127.0.0.1:1/')).toContain('cannot be reached');
});

test('does not follow an answer that leads elsewhere with the token', async () => {
  const { url } = await serve('', { status: 302, location: 'http://127.0.0.1:1/other' });
  expect(await failure(url)).toContain('leads to another address');
});
