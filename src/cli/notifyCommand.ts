import { Option, type Command } from 'commander';
import { HoneError } from '../base/HoneError.ts';
import type { TestedMail } from '../app/testMail.ts';
import type { OutboxContents } from '../core/ports/Outbox.ts';
import { isMailAddress } from '../core/study/NoticePlan.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { ExitCode } from './runProgram.ts';

interface NotifyOptions extends CommonOptions {
  readonly test?: boolean;
  readonly to?: readonly string[];
}

/** `hone notify [--test]` */
export function addNotify(program: Command, context: CommandContext): void {
  const command = addCommand(program, 'notify', 'send the news that waits, or a test mail');
  command.option('--test', 'send a test mail, and say what is wrong');
  command.addOption(new Option('--to <address...>', 'who gets the test mail'));
  command.action(async (options: NotifyOptions) => (options.test === true ? test(context, options) : deliver(context, options)));
}

async function test({ hone, terminal }: CommandContext, { cwd, to, json }: NotifyOptions): Promise<void> {
  const odd = to?.find((address) => !isMailAddress(address));
  if (odd !== undefined) throw new HoneError('usage', `${JSON.stringify(odd)} is no mail address.`);
  const request = { folder: cwd, ...(to === undefined ? {} : { to }) };
  const tested = await hone.testMail(request, new AbortController().signal);
  if (json === true) terminal.result(JSON.stringify({ version: 1, tests: tested.map(documentOf) }));
  else for (const each of tested) terminal.result(describe(each));
  if (tested.some(({ delivery }) => delivery.state !== 'sent')) throw new ExitCode(1);
}

function documentOf({ channel, place, to, delivery }: TestedMail): Readonly<Record<string, unknown>> {
  const problem =
    delivery.state === 'sent' ? { reason: delivery.warning, next: null } : { reason: delivery.reason, next: delivery.next };
  return { channel, place, to, sent: delivery.state === 'sent', ...problem };
}

function describe({ channel, place, to, delivery }: TestedMail): string {
  if (delivery.state !== 'sent') return `✗ ${delivery.reason} ${delivery.next}`;
  const what =
    channel === 'mail' ? `A test mail to ${to.join(', ')} was handed to ${place}.` : `The webhook at ${place} took a test.`;
  return `✓ ${what}${delivery.warning === null ? '' : ` ${delivery.warning}`}`;
}

async function deliver({ hone, terminal }: CommandContext, { json }: NotifyOptions): Promise<void> {
  const left = await hone.deliver('waiting', new AbortController().signal);
  terminal.result(json === true ? JSON.stringify({ version: 1, ...left }) : describeLeft(left));
  if (left.refused.length > 0) throw new ExitCode(1);
}

function describeLeft({ waiting, refused }: OutboxContents): string {
  const lines = [
    ...waiting.map(({ subject, problem }) => `… ${subject}: ${problem === null ? 'it waits.' : `it waits. ${problem.reason}`}`),
    ...refused.map(({ subject, problem }) => `✗ ${subject}: ${problem?.reason ?? ''} ${problem?.next ?? ''}`.trimEnd()),
  ];
  return lines.length === 0 ? 'Nothing waits to be sent.' : lines.join('\n');
}
