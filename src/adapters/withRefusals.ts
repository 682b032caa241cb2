import type { ImageSettings } from '../core/images/ImageSettings.ts';
import { withoutCredentials } from '../core/images/withoutCredentials.ts';
import type { IndexAnswer } from '../core/ports/MachineInspector.ts';
import type { BuildFailure } from './docker/BuildLog.ts';
import { probeIndex } from './probeIndex.ts';

/** pip takes an index that refuses its login for one without the package, and says nothing: the index itself is asked. */
export async function withRefusals(
  failure: BuildFailure,
  { indexUrl, extraIndexUrls, caBundle }: ImageSettings,
): Promise<BuildFailure> {
  if (!failure.output.some((line) => line.includes('(from versions: none)'))) return failure;
  const urls = [...(indexUrl === null ? [] : [indexUrl]), ...extraIndexUrls];
  const answers = await Promise.all(urls.map((url) => probeIndex(url, caBundle)));
  const refused = urls.filter((_, at) => [401, 403].includes(statusOf(answers[at])));
  const lines = refused.map((url) => `401 Error, Credentials not correct for ${withoutCredentials(url)}`);
  return { ...failure, output: [...failure.output, ...lines] };
}

function statusOf(answer: IndexAnswer | undefined): number {
  return answer !== undefined && 'status' in answer ? answer.status : 0;
}
