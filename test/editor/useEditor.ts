import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Editor } from './Editor.ts';
import type { EditorWindow } from './EditorWindow.ts';
import { Project } from './Project.ts';
import { startEditor } from './startEditor.ts';

/** The editor of a file's tests. What a test opens or makes by it goes with that test. */
export interface TestEditor {
  /** Opens a folder, or an empty window; a picture is taken where the test fails. */
  open(folder: string | null): Promise<EditorWindow>;
  project(name: string, files: Readonly<Record<string, string>>): Promise<Project>;
  sample(...which: Parameters<typeof Project.sample>): Promise<Project>;
}

/** Starts an editor before the tests of this file or suite, and closes it after them. */
export function useEditor(settings: Readonly<Record<string, unknown>>): TestEditor {
  let editor: Editor | null = null;
  beforeAll(async () => {
    editor = await startEditor(settings);
  });
  afterAll(() => editor?.close());
  return {
    async open(folder) {
      if (editor === null) throw new Error('The editor has not been started.');
      const window = await editor.open(folder);
      onTestFinished(async ({ task }) => {
        if (task.result?.state === 'fail' && !window.page.isClosed()) await window.picture(`failure of ${task.name}`);
        await window.close();
      });
      return window;
    },
    project: async (...what) => removed(await Project.create(...what)),
    sample: async (...which) => removed(await Project.sample(...which)),
  };
}

function removed(project: Project): Project {
  onTestFinished(() => project.remove());
  return project;
}
