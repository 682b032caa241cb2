import { describe, expect, it } from 'vitest';
import type { ScriptInspection } from '../../../src/app/Hone.ts';
import { applySpaceSettings } from '../../../src/core/study/applySpaceSettings.ts';
import { describeScriptNode } from '../../../src/vscode/scripts/describeScriptNode.ts';
import { nodeChildren, scriptChildren } from '../../../src/vscode/scripts/scriptChildren.ts';
import type { ScriptNode } from '../../../src/vscode/scripts/ScriptNode.ts';
import { analyzeText } from '../core/scan/readFixture.ts';
import { spaceOf } from '../core/space/readSpace.ts';

const TEXT = `from sklearn.datasets import load_wine
from sklearn.svm import SVC
from sklearn.impute import KNNImputer
X, y = load_wine(return_X_y=True)
X = KNNImputer(n_neighbors=5).fit_transform(X)
model = SVC(C=2.0, kernel="rbf")
model.fit(X[:90], y[:90])
print(model.score(X[90:], y[90:]))
`;

async function tree(change: Partial<ScriptInspection> = {}): Promise<ScriptNode[]> {
  const inspection = { space: await spaceOf(TEXT), trainings: [], findings: [], problem: null, ...change };
  const script = await analyzeText(TEXT);
  return scriptChildren({ kind: 'script', folder: '/f', script, key: '/f\nscript.py', parent: null }, inspection);
}

function views(nodes: readonly ScriptNode[]): string[] {
  return nodes.map((node) => describeScriptNode(node)).map(({ label, description }) => `${label}: ${description}`);
}

describe('below a script', () => {
  it('are its estimators with their values, and why it is listed', async () => {
    const [svc, ...others] = await tree();
    expect(views(svc === undefined ? [] : [svc])).toEqual(['SVC: C 2, kernel rbf']);
    expect(views(svc === undefined ? [] : nodeChildren(svc))[0]).toBe('C: 2 · 0.2–20');
    expect(views(others).at(-1)).toBe('Trains Here: ');
  });

  it('is a value with its own range, which can be reset', async () => {
    const space = applySpaceSettings(await spaceOf(TEXT), { 'SVC.C': { low: 1, high: 4 } });
    const [svc] = await tree({ space });
    const [c] = svc === undefined ? [] : nodeChildren(svc);
    if (c === undefined) throw new Error('There is no value.');
    expect(describeScriptNode(c)).toMatchObject({ label: 'C', description: '2 · 1–4 · own range', context: 'value.own' });
  });

  it('is a value that hone.yaml fixes among the fixed ones, with its reason and a way back', async () => {
    const space = applySpaceSettings(await spaceOf(TEXT), { 'SVC.C': 'fixed' });
    const fixed = (await tree({ space })).find(({ kind }) => kind === 'fixed');
    const found = fixed === undefined ? [] : nodeChildren(fixed).map(describeScriptNode);
    const own = found.find(({ label }) => label === 'C');
    expect(own).toMatchObject({ description: '2 · line 6 · fixed', context: 'fixed.own' });
    expect(own?.tooltip.join(' ')).toContain('hone.yaml fixes it');
  });

  it('is what is wrong with hone.yaml, above the values as Hone has them', async () => {
    const [problem, svc] = await tree({ problem: '`space` in hone.yaml names D, which script.py does not have.' });
    expect(problem).toMatchObject({ kind: 'note', isProblem: true });
    expect(svc).toMatchObject({ kind: 'group' });
  });

  it('is said where nothing can be tuned', async () => {
    const space = { ...(await spaceOf(TEXT)), hyperparameters: [], structure: [] };
    expect(views(await tree({ space }))).toContain('Nothing in it can be tuned.: ');
  });

  it('has a key for each, the same in every drawing', async () => {
    const keys = (nodes: readonly ScriptNode[]): string[] => nodes.flatMap((node) => [node.key, ...keys(nodeChildren(node))]);
    const [first, second] = [keys(await tree()), keys(await tree())];
    expect(new Set(first).size).toBe(first.length);
    expect(second).toEqual(first);
  });
});
