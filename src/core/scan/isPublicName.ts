import { canonicalPath, rootOf } from './canonicalPath.ts';
import { isKerasName } from './kerasNames.ts';

/** Whether a library's module has a name, as far as its manner of naming tells; for `from x import *`. */
export function isPublicName(module: string, name: string): boolean {
  const root = rootOf(canonicalPath(module));
  if (root === 'keras') return isKerasName(name);
  if (root === 'sklearn')
    return /_score$|_error$|_report$|_matrix$|^[A-Z]|^(?:train_test_split|cross_val_score|cross_validate|make_|load_|fetch_)/u.test(
      name,
    );
  if (root === 'torch') return /^[A-Z]/u.test(name);
  return false;
}
