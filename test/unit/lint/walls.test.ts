import { describe, expect, test } from 'vitest';
import { brokenWall } from '../../../lint/walls.mts';

describe('import walls', () => {
  test.each([
    ['base/Emitter.ts', './DisposableStore.ts'],
    ['core/study/Study.ts', '../scan/Script.ts'],
    ['core/study/StudyPlan.ts', '../images/ImageRecipe.ts'],
    ['core/study/parseConfiguration.ts', 'yaml'],
    ['core/python/parseSyntax.ts', 'web-tree-sitter'],
    ['core/scan/keras/layers.ts', '../../python/Ast.ts'],
    ['core/ports/Runtime.ts', '../study/StudyPlan.ts'],
    ['app/createHone.ts', '../core/ports/Runtime.ts'],
    ['app/planRun.ts', 'node:path'],
    ['adapters/docker/createDockerRuntime.ts', '../../core/ports/Runtime.ts'],
    ['adapters/docker/createDockerRuntime.ts', 'node:fs'],
    ['vscode/run/StatusBar.ts', 'vscode'],
    ['vscode/run/StatusBar.ts', '../../app/Hone.ts'],
    ['cli/createProgram.ts', '../../package.json'],
    ['cli/main.ts', '../adapters/docker/createDockerRuntime.ts'],
    ['extension.ts', './adapters/docker/createDockerRuntime.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(brokenWall(file, specifier)).toBeNull();
  });

  test.each([
    ['base/Emitter.ts', '../core/study/Study.ts'],
    ['base/Emitter.ts', 'node:fs'],
    ['protocol/runnerMessages.ts', '../core/study/Study.ts'],
    ['core/scan/Script.ts', '../study/Study.ts'],
    ['core/scan/keras/layers.ts', '../../study/Study.ts'],
    ['core/study/Study.ts', 'node:path'],
    ['core/study/Study.ts', 'vscode'],
    ['core/study/Study.ts', 'web-tree-sitter'],
    ['core/study/Study.ts', '../../app/Hone.ts'],
    ['core/ports/Runtime.ts', '../../adapters/docker/createDockerRuntime.ts'],
    ['core/everything.ts', './study/Study.ts'],
    ['app/createHone.ts', '../adapters/docker/createDockerRuntime.ts'],
    ['app/createHone.ts', 'node:fs'],
    ['app/createHone.ts', 'vscode'],
    ['adapters/docker/createDockerRuntime.ts', '../../app/Hone.ts'],
    ['adapters/docker/createDockerRuntime.ts', 'vscode'],
    ['vscode/run/StatusBar.ts', '../../adapters/docker/createDockerRuntime.ts'],
    ['vscode/run/StatusBar.ts', '../../cli/main.ts'],
    ['cli/trainCommand.ts', '../adapters/docker/createDockerRuntime.ts'],
    ['cli/main.ts', 'vscode'],
    ['cli/main.ts', '../vscode/run/StatusBar.ts'],
    ['extension.ts', './cli/main.ts'],
    ['webview/panel.ts', '../app/Hone.ts'],
    ['somewhere/else.ts', '../core/study/Study.ts'],
    ['core/study/Study.ts', '../../../scripts/setup.mjs'],
  ])('%s may not import %s', (file, specifier) => {
    expect(brokenWall(file, specifier)).toBeTypeOf('string');
  });
});
