import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MonitorService } from '../../core/ports/MonitorService.ts';
import { describeService, type ServiceSurroundings } from './describeService.ts';

/** Writes the service's file where the system looks for it. Nothing is switched on: that is the user's to do. */
export function createMonitorService(surroundings: ServiceSurroundings): MonitorService {
  const { path, text, on, off } = describeService(surroundings);
  return {
    async install() {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { mode: 0o644 });
      return { path, steps: ['Switch it on:', ...on, 'Remove it: hone monitor --uninstall'] };
    },
    async uninstall() {
      await rm(path, { force: true });
      return { path, steps: ['Where it was switched on:', ...off] };
    },
  };
}
