import type { Call } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { madeBy, type Training } from '../scan/findTrainings.ts';
import { reachable } from './reachable.ts';

/** What draws numbers for all of a program. */
export type Generator = 'numpy' | 'random' | 'tensorflow' | 'torch';

/** Methods that draw numbers; shuffling and choosing only order what is there. */
const DRAWS =
  /^(?:rand|randn|randint|random|random_sample|normal|uniform|standard_normal|multivariate_normal|binomial|poisson|exponential|beta|gamma|gauss|integers|laplace|truncated_normal)$/u;

/** What the data that trainings are given is drawn from: the shared generators, and generators of their own by the call that made them. */
export function drawnData(
  calls: readonly Call[],
  trainings: readonly Training[],
): { readonly generators: ReadonlySet<Generator>; readonly calls: ReadonlySet<Call> } {
  const data = reachable(trainings.flatMap(({ call }) => call.args.map(({ value }) => value)));
  const generators = new Set<Generator>();
  const makers = new Set<Call>();
  for (const call of calls) {
    const path = call.callee.kind === 'external' ? canonicalPath(call.callee.path) : madeBy(call.callee);
    const unseeded = path.startsWith('sklearn.datasets.make_') && !call.args.some(({ keyword }) => keyword === 'random_state');
    if (unseeded) generators.add('numpy');
    if (!DRAWS.test(call.name) || !data.has(call) || isForward(call)) continue;
    if (/^numpy\.random\.(?:RandomState|default_rng)/u.test(path))
      for (const maker of reachable([call.callee])) makers.add(maker);
    else if (path.startsWith('numpy.')) generators.add('numpy');
    else if (path.startsWith('random.')) generators.add('random');
    else if (path.startsWith('tensorflow.')) generators.add('tensorflow');
    else if (path.startsWith('torch.')) generators.add('torch');
  }
  return { generators, calls: makers };
}

/** Noise within a network is no data. */
function isForward({ within }: Call): boolean {
  return within?.kind === 'function' && /^(?:forward|call|reparameterize|sampling)$/u.test(within.name);
}
