import { expect, test } from 'vitest';
import { isStudyId, nextStudyId } from '../../../../src/core/study/nextStudyId.ts';

test.each([
  ['media/samples/digits-cnn/train.py', 'repo', [], 'digits-cnn-1'],
  ['train.py', 'My Project', ['my-project-1', 'my-project-12', 'other-40'], 'my-project-13'],
  ['src/iris_svm.py', 'repo', [], 'iris-svm-1'],
  ['模型/训练.py', '模型', [], 'study-1'],
  ['Überlauf.ipynb', 'x', [], 'uberlauf-1'],
  ['a/main.py', 'x', ['a-x'], 'a-1'],
  ['houses/src/train.py', 'x', [], 'houses-1'],
  ['src/train.py', 'Wine', [], 'wine-1'],
])('%s in %s beside %j is %s', (script, folder, existing, id) => {
  expect(nextStudyId(script, folder, existing)).toBe(id);
  expect(isStudyId(id)).toBe(true);
});

test.each(['../x', 'A', '', '-a', 'a/b', 'a b', 'a'.repeat(64)])('%j is no id', (text) => {
  expect(isStudyId(text)).toBe(false);
});
