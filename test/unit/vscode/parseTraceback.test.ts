import { describe, expect, it } from 'vitest';
import { belowRoot, parseTraceback, sourcePath } from '../../../src/vscode/terminal/parseTraceback.ts';
import { workPath } from '../../../src/adapters/docker/containerPaths.ts';

/** Where a trial's container has it. */
const SCRIPT = `${workPath}/0/tree/train.py`;

describe('parseTraceback', () => {
  it('finds the file and the line, and where they stand', () => {
    const text = `  File "${SCRIPT}", line 12, in <module>`;
    const [place] = parseTraceback(text);
    expect(place).toMatchObject({ path: SCRIPT, line: 12 });
    expect(text.slice(place?.start, (place?.start ?? 0) + (place?.length ?? 0))).toBe(`File "${SCRIPT}", line 12`);
  });

  it('finds the place of a warning', () => {
    expect(parseTraceback('/w/0/tree/a b.py:7: FutureWarning: soon gone')).toMatchObject([
      { path: '/w/0/tree/a b.py', line: 7, start: 0 },
    ]);
    expect(parseTraceback('a.py:7: not a word of Python')).toEqual([]);
  });

  it.each(['', 'Epoch 3/12', 'File "x.py"', 'see File "a', 'accuracy: 0.9'])('finds nothing in %j', (text) => {
    expect(parseTraceback(text)).toEqual([]);
  });
});

describe('sourcePath', () => {
  it('leads from the copy to the folder', () => {
    expect(sourcePath(SCRIPT, '')).toBe('train.py');
    expect(sourcePath('/w/.hone/studies/d-1/work/0/tree-2/lib/data.py', '')).toBe('lib/data.py');
    expect(belowRoot('util.py', '')).toBe('util.py');
  });

  it('takes Windows paths', () => {
    expect(sourcePath('C:\\w\\0\\tree\\lib\\data.py', '')).toBe('lib/data.py');
  });

  it('leads below the root where the copy began below the open folder', () => {
    expect(sourcePath('/w/0/tree/train.py', 'models/cnn')).toBe('models/cnn/train.py');
    expect(belowRoot('util.py', 'models/cnn')).toBe('models/cnn/util.py');
  });

  it('leaves libraries alone, and never leads out of the folder', () => {
    expect(sourcePath('/opt/hone/lib/python3.11/site-packages/keras/model.py', '')).toBeNull();
    expect(sourcePath(`${workPath}/0/tree/../../../etc/passwd`, '')).toBeNull();
    expect(belowRoot('../secret.py', 'a')).toBeNull();
  });
});
