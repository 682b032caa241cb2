import { join } from 'node:path';
import { findCodeServer } from './CodeServer.ts';
import { CodeServerEditor } from './CodeServerEditor.ts';
import { DesktopEditor } from './DesktopEditor.ts';
import type { Editor } from './Editor.ts';

/** The extension under test: an unpacked package where HONE_EXTENSION names one, else this repository. */
export const EXTENSION = process.env['HONE_EXTENSION'] ?? join(import.meta.dirname, '..', '..');

/** Starts the editor that is there: a built code-server, else the desktop one, which is downloaded. HONE_EDITOR=desktop insists. */
export async function startEditor(settings: Readonly<Record<string, unknown>> = {}): Promise<Editor> {
  const options = { settings, extension: EXTENSION };
  const inBrowser = process.env['HONE_EDITOR'] !== 'desktop' && findCodeServer() !== null;
  return inBrowser ? CodeServerEditor.start(options) : DesktopEditor.start(options);
}

/** Settings that train with the tests' own interpreter; null where there is none. */
export function interpreterSettings(): Readonly<Record<string, unknown>> | null {
  const python = process.env['HONE_TEST_PYTHON'];
  return python === undefined ? null : { 'hone.runtime': 'local', 'hone.python': python };
}

/** Settings that train in containers as the other tests do; null where there is no engine. */
export function dockerSettings(): Readonly<Record<string, unknown>> | null {
  if (process.env['HONE_TEST_DOCKER'] !== '1') return null;
  const images = {
    'hone.images.baseImage': process.env['HONE_BASE_IMAGE'],
    'hone.images.indexUrl': process.env['HONE_INDEX_URL'],
    'hone.images.torchIndexUrl': process.env['HONE_TORCH_INDEX_URL'],
    'hone.images.caBundle': process.env['HONE_CA_BUNDLE'],
    'hone.images.wheels': process.env['HONE_WHEELS'],
  };
  const set = Object.entries(images).filter(([, value]) => value !== undefined);
  return { 'hone.runtime': 'docker', ...Object.fromEntries(set) };
}
