import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that answers each line of JSON with one. */
export function talkTo(program, args) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (message) => {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${args.join(' ')} ended.`);
      return JSON.parse(value);
    },
    stop: () => child.kill(),
  };
}
