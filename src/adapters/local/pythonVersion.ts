import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Version of a Python, `3.11.7`, or null where it does not run. */
export async function pythonVersion(interpreter: string): Promise<string | null> {
  const program = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
  try {
    const { stdout } = await promisify(execFile)(interpreter, ['-I', '-c', program], { timeout: 10_000, windowsHide: true });
    return stdout.trim();
  } catch {
    return null; // Absent, broken, or the Windows store's placeholder: no Python either way.
  }
}
