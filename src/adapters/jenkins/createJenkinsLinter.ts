import * as v from 'valibot';
import { HoneError } from '../../base/HoneError.ts';
import { parseLinterAnswer } from '../../core/pipeline/parseLinterAnswer.ts';
import type { JenkinsLinter, JenkinsLogin } from '../../core/ports/JenkinsLinter.ts';

const TIMEOUT_MS = 20_000;
/** An answer is a few lines; more is not of a linter. */
const MOST_CHARACTERS = 1_000_000;

const crumbSchema = v.pipe(v.string(), v.parseJson(), v.object({ crumbRequestField: v.string(), crumb: v.string() }));

/** The linter over HTTP, as Jenkins documents it: POST /pipeline-model-converter/validate, with a crumb where the controller gives one. */
export function createJenkinsLinter(): JenkinsLinter {
  return {
    async validate(login, jenkinsfile, signal) {
      const crumb = await readCrumb(login, signal);
      const answer = await ask(login, 'pipeline-model-converter/validate', signal, {
        method: 'POST',
        headers: crumb,
        body: new URLSearchParams({ jenkinsfile }),
      });
      if (answer.status !== 200) throw refusal(login, answer.status);
      const problems = parseLinterAnswer(answer.text);
      if (problems !== null) return problems;
      throw new HoneError('usage', `${login.url} answered, but not as the linter of Jenkins does.`, {
        next: 'Check the address; the plugin "Pipeline: Declarative" has the linter.',
      });
    },
  };
}

/** Headers that prove to the controller that the request is meant; none where it asks for none. */
async function readCrumb(login: JenkinsLogin, signal: AbortSignal): Promise<Record<string, string>> {
  const { status, text, cookies } = await ask(login, 'crumbIssuer/api/json', signal);
  if (status === 404) return {};
  if (status !== 200) throw refusal(login, status);
  const parsed = v.safeParse(crumbSchema, text);
  if (!parsed.success) return {};
  // A crumb holds for the session that it was given in.
  return { [parsed.output.crumbRequestField]: parsed.output.crumb, ...(cookies === '' ? {} : { cookie: cookies }) };
}

interface LinterRequest {
  readonly method?: 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookies: string;
}

async function ask(login: JenkinsLogin, path: string, signal: AbortSignal, request: LinterRequest = {}): Promise<Answer> {
  const { url, user, token } = login;
  const authorization = `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
  try {
    const response = await fetch(`${url.replace(/\/+$/u, '')}/${path}`, {
      ...request,
      headers: { ...request.headers, authorization },
      // Another host would be told the token.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    return { status: response.status, text: await readText(response), cookies: cookies.join('; ') };
  } catch (error) {
    if (signal.aborted) throw error;
    throw new HoneError('usage', `${url} cannot be reached: ${reasonOf(error)}.`, {
      next: 'Check the address and the network.',
      cause: error,
    });
  }
}

async function readText(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MOST_CHARACTERS) break;
  }
  return text;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && cause.name === 'TimeoutError') return `it said nothing for ${TIMEOUT_MS / 1000} seconds`;
  return cause instanceof Error ? cause.message : String(cause);
}

function refusal({ url, user }: JenkinsLogin, status: number): HoneError {
  if (status === 401) {
    return new HoneError('usage', `${url} does not know ${user} by this token.`, {
      next: 'Make an API token on your page there (Security), and set up Jenkins again.',
    });
  }
  if (status === 403)
    return new HoneError('usage', `${url} does not let ${user} ask its linter.`, {
      next: 'It takes the permission Overall/Read.',
    });
  if (status === 404) {
    return new HoneError('usage', `${url} has no linter of pipelines.`, {
      next: 'Check the address; the plugin "Pipeline: Declarative" has the linter.',
    });
  }
  if (status >= 300 && status < 400) {
    return new HoneError('usage', `${url} leads to another address.`, { next: 'Name the address that your browser ends at.' });
  }
  return new HoneError('usage', `${url} answered with the status ${status}.`, { next: 'Look into the log of Jenkins.' });
}
