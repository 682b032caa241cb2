import type { ImageSettings } from '../core/images/ImageSettings.ts';
import type { MailSettings } from '../core/ports/MailSettings.ts';

/** What a user set about this machine, whichever face it was set in. */
export interface HoneSettings {
  readonly images: ImageSettings;
  /** Engine, as DOCKER_HOST spells it; null to find it as the docker command does. */
  readonly dockerHost: string | null;
  /** Interpreter of the local runtime; null to look for one. */
  readonly python: string | null;
  readonly mail: MailSettings;
}
