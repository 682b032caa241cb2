import type Docker from 'dockerode';
import type { StoredVolume } from '../../core/ports/EngineStorage.ts';
import { remove } from './listImages.ts';

/** The volumes that Hone made on this engine, by their labels. */
export async function listVolumes(docker: Docker): Promise<readonly StoredVolume[]> {
  // Sizes are told nowhere else.
  const { Volumes: volumes } = (await docker.df()) as { readonly Volumes: readonly VolumeUsage[] | null };
  return (volumes ?? []).flatMap(({ Name: name, Labels, CreatedAt, UsageData }): readonly StoredVolume[] => {
    const downloads = Labels?.['hone.cache'];
    const folder = downloads ?? Labels?.['hone.workspace'];
    if (folder === undefined) return [];
    const { Size: size = -1, RefCount: references = -1 } = UsageData ?? {};
    const bytes = size < 0 ? null : size;
    const kind = downloads === undefined ? 'study' : 'downloads';
    return [{ name, kind, folder, bytes, createdAt: Date.parse(CreatedAt ?? '') || 0, used: references > 0 }];
  });
}

interface VolumeUsage {
  readonly Name: string;
  readonly CreatedAt?: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly UsageData?: { readonly Size: number; readonly RefCount: number } | null;
}

/** Removes volumes that Hone made, by name; one that is gone or in use is left alone. Returns the names of those that went. */
export async function removeVolumes(docker: Docker, names: readonly string[]): Promise<readonly string[]> {
  const own = new Set((await listVolumes(docker)).map(({ name }) => name));
  const removed: string[] = [];
  for (const name of names) {
    if (own.has(name) && (await remove(docker.getVolume(name).remove()))) removed.push(name);
  }
  return removed;
}
