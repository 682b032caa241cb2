import { describe, expect, it } from 'vitest';
import { candidatesBelow, parseTraceback, sourceCandidates } from '../../../src/vscode/terminal/parseTraceback.ts';

describe('parseTraceback', () => {
  it('finds the file and the line, and where they stand', () => {
    const text = '  File "/hone/work/0/tree/train.py", line 12, in <module>';
    const [place] = parseTraceback(text);
    expect(place).toMatchObject({ path: '/hone/work/0/tree/train.py', line: 12 });
    expect(text.slice(place?.start, (place?.start ?? 0) + (place?.length ?? 0))).toBe('File "/hone/work/0/tree/train.py", line 12');
  });

  it('finds the place of a warning', () => {
    expect(parseTraceback('/w/0/tree/a b.py:7: FutureWarning: soon gone')).toMatchObject([{ path: '/w/0/tree/a b.py', line: 7, start: 0 }]);
    expect(parseTraceback('a.py:7: not a word of Python')).toEqual([]);
  });

  it.each(['', 'Epoch 3/12', 'File "x.py"', 'see File "a', 'accuracy: 0.9'])('finds nothing in %j', (text) => {
    expect(parseTraceback(text)).toEqual([]);
  });
});

describe('sourceCandidates', () => {
  it('leads from the copy to the folder', () => {
    expect(sourceCandidates('/hone/work/0/tree/train.py', 'train.py')).toEqual(['train.py']);
    expect(sourceCandidates('/w/.hone/studies/d-1/work/0/tree/lib/data.py', 'train.py')).toEqual(['lib/data.py']);
  });

  it('takes Windows paths', () => {
    expect(sourceCandidates('C:\\w\\0\\tree\\lib\\data.py', 'train.py')).toEqual(['lib/data.py']);
  });

  it('tries the folders above the script where the copy began below the open folder', () => {
    expect(sourceCandidates('/w/0/tree/train.py', 'models/cnn/train.py')).toEqual(['models/cnn/train.py', 'train.py', 'models/train.py']);
    expect(candidatesBelow('util.py', 'models/cnn/train.py')).toEqual(['util.py', 'models/util.py', 'models/cnn/util.py']);
  });

  it('leaves libraries alone, and never leads out of the folder', () => {
    expect(sourceCandidates('/opt/hone/lib/python3.11/site-packages/keras/model.py', 'train.py')).toEqual([]);
    expect(sourceCandidates('/hone/work/0/tree/../../../etc/passwd', 'train.py')).toEqual([]);
  });
});
