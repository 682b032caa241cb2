import { InvalidArgumentError, type Command } from 'commander';
import type { Stored, TidyChoice } from '../app/tidy.ts';
import { HoneError } from '../base/HoneError.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { canAsk, confirm } from './confirm.ts';
import { describeBytes } from './describeBytes.ts';
import { renderTable } from './renderTable.ts';

interface CleanOptions extends CommonOptions {
  readonly images?: boolean;
  readonly volumes?: boolean;
  readonly studies?: boolean;
  readonly all?: boolean;
  /** Days. */
  readonly olderThan?: number;
  readonly yes?: boolean;
}

const DAY_MS = 86_400_000;

/** `hone clean [--images] [--volumes] [--studies] [--all] [--older-than DAYS] [--yes]`: without a kind it lists, and asks where it can. */
export function addClean(program: Command, context: CommandContext): void {
  addCommand(program, 'clean', 'what Hone keeps, with sizes; removes what is chosen')
    .option('--images', 'remove images that no newest run here took')
    .option('--volumes', 'remove what studies left behind')
    .option('--studies', 'remove the studies of this folder that have ended')
    .option('--all', 'of images and volumes also those that the next run would make or fill again')
    .option('--older-than <days>', 'only what is older', parseDays)
    .option('--yes', 'do not ask')
    .action((options: CleanOptions) => clean(context, options));
}

async function clean({ hone, ports, terminal }: CommandContext, options: CleanOptions): Promise<void> {
  const { cwd: folder, json = false, yes = false } = options;
  const stored = await hone.stored(folder);
  const named = [options.images, options.volumes, options.studies].some((kind) => kind === true);
  const choice = choose(stored, named ? options : { ...options, images: true, volumes: true }, ports.now());
  if (!named && (json || !canAsk()))
    return terminal.result(json ? JSON.stringify({ version: 1, ...stored }) : renderStored(stored));
  const text = describeChoice(stored, choice);
  if (!json && (!named || text !== null)) terminal.result(renderStored(named ? only(stored, choice) : stored));
  if (text === null) {
    if (json) terminal.result(JSON.stringify({ version: 1, removed: choice }));
    else terminal.result('There is nothing to remove.');
    return;
  }
  if (!yes && (json || !canAsk())) {
    throw new HoneError('usage', `This would remove ${text}.`, { next: 'Say --yes to do it.' });
  }
  if (!yes && !(await confirm(terminal, `Remove ${text}?`))) return terminal.result('Nothing was removed.');
  const removed = await hone.tidy(folder, choice);
  terminal.result(
    json ? JSON.stringify({ version: 1, removed }) : `Removed ${describeChoice(stored, removed) ?? 'nothing: it is in use now'}.`,
  );
}

function choose(stored: Stored, { images, volumes, studies, all = false, olderThan = 0 }: CleanOptions, now: number): TidyChoice {
  const fits = (one: { readonly createdAt: number; readonly removable: boolean; readonly reason: string | null }): boolean =>
    one.removable && (all || one.reason === null) && one.createdAt <= now - olderThan * DAY_MS;
  return {
    images: images === true ? stored.images.filter(fits).map(({ id }) => id) : [],
    volumes: volumes === true ? stored.volumes.filter(fits).map(({ name }) => name) : [],
    studies: studies === true ? stored.studies.filter(fits).map(({ id }) => id) : [],
  };
}

function only({ engine, images, volumes, studies }: Stored, choice: TidyChoice): Stored {
  return {
    engine,
    images: images.filter(({ id }) => choice.images.includes(id)),
    volumes: volumes.filter(({ name }) => choice.volumes.includes(name)),
    studies: studies.filter(({ id }) => choice.studies.includes(id)),
  };
}

/** `2 images (1.4 GB) and 3 studies (12 MB)`; null where nothing was chosen. */
function describeChoice(stored: Stored, choice: TidyChoice): string | null {
  const parts = [
    describePart(
      'image',
      stored.images.filter(({ id }) => choice.images.includes(id)),
    ),
    describePart(
      'volume',
      stored.volumes.filter(({ name }) => choice.volumes.includes(name)),
    ),
    describePart(
      'study',
      stored.studies.filter(({ id }) => choice.studies.includes(id)),
    ),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function describePart(noun: string, chosen: readonly { readonly bytes: number | null }[]): string | null {
  if (chosen.length === 0) return null;
  const plural = noun === 'study' ? 'studies' : `${noun}s`;
  const bytes = chosen.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
  return `${chosen.length} ${chosen.length === 1 ? noun : plural} (${describeBytes(bytes)})`;
}

function renderStored({ engine, images, volumes, studies }: Stored): string {
  const rows = [
    ...images.map(({ name, bytes, createdAt, reason }) => ['image', name, describeBytes(bytes), createdAt, reason] as const),
    ...volumes.map(
      ({ name, kind, bytes, createdAt, reason }) =>
        [kind === 'study' ? 'leftover' : kind, name, bytes === null ? '?' : describeBytes(bytes), createdAt, reason] as const,
    ),
    ...studies.map(({ id, bytes, createdAt, reason }) => ['study', id, describeBytes(bytes), createdAt, reason] as const),
  ];
  const table = renderTable(
    ['', 'name', 'size', 'from', 'needed because'],
    rows.map(([kind, name, size, createdAt, reason]) => [
      kind,
      name,
      size,
      new Date(createdAt).toISOString().slice(0, 10),
      reason ?? '',
    ]),
  );
  const shared = images.length > 1 ? ['Images share layers: removing one frees less than its size.'] : [];
  return [...(rows.length === 0 ? [] : [table]), ...shared, ...(engine === null ? [] : [engine])].join('\n');
}

function parseDays(text: string): number {
  const days = Number(text);
  if (text.trim() !== '' && Number.isFinite(days) && days >= 0) return days;
  throw new InvalidArgumentError('It is no number of days.');
}
