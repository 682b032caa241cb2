import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import type { InterpreterFacts } from '../../core/ports/MachineInspector.ts';

/** Packages that hold a framework, with the module that each is imported by. */
const FRAMEWORKS = {
  'scikit-learn': 'sklearn',
  tensorflow: 'tensorflow',
  keras: 'keras',
  torch: 'torch',
  xgboost: 'xgboost',
  lightgbm: 'lightgbm',
  catboost: 'catboost',
};

const PROGRAM = `import json, sys
from importlib import metadata, util
found = {}
for name, module in json.loads(sys.argv[1]).items():
    if util.find_spec(module) is None:
        continue
    found[name] = ""
    for build in (name, name + "-cpu"):
        try:
            found[name] = metadata.version(build)
        except metadata.PackageNotFoundError:
            pass
print(json.dumps({"version": "%d.%d.%d" % sys.version_info[:3], "frameworks": found}))
`;

const answerSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ version: v.string(), frameworks: v.record(v.string(), v.string()) }),
);

/** Version and frameworks of an interpreter, as scripts would find them there; null where it does not run. Imports none of them. */
export async function inspectInterpreter(path: string, timeoutMs = 4000): Promise<InterpreterFacts | null> {
  try {
    // Not isolated: what a user installed for themselves alone counts. Started beside the interpreter, where no script lies.
    const options = { timeout: timeoutMs, windowsHide: true, cwd: dirname(path) };
    const { stdout } = await promisify(execFile)(path, ['-c', PROGRAM, JSON.stringify(FRAMEWORKS)], options);
    return v.parse(answerSchema, stdout);
  } catch {
    return null; // Absent, broken, too old for importlib.metadata, or too slow: of no use either way.
  }
}
