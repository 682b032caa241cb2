import { describe, expect, test } from 'vitest';
import { BuildLog } from '../../../../src/adapters/docker/BuildLog.ts';
import { describeBuildFailure } from '../../../../src/adapters/describeBuildFailure.ts';
import { readWireFields, writeWireField } from '../../../../src/adapters/docker/protobufWire.ts';

interface Step {
  readonly digest: string;
  readonly name: string;
  readonly completed?: boolean;
  readonly error?: string;
}

function trace(steps: readonly Step[], output: readonly [step: string, text: string][] = []): Buffer {
  const field = (number: number, value: string): Buffer => writeWireField(number, Buffer.from(value));
  const parts = steps.map(({ digest, name, completed, error }) =>
    writeWireField(
      1,
      Buffer.concat([
        field(1, digest),
        field(3, name),
        ...(completed === true ? [field(6, '')] : []),
        ...(error === undefined ? [] : [field(7, error)]),
      ]),
    ),
  );
  const lines = output.map(([step, text]) => writeWireField(3, Buffer.concat([field(1, step), field(4, text)])));
  return line({ id: 'moby.buildkit.trace', aux: Buffer.concat([...parts, ...lines]).toString('base64') });
}

function line(event: object): Buffer {
  return Buffer.from(`${JSON.stringify(event)}\n`);
}

const install = '[stage-0 2/4] RUN --mount=type=secret,id=pip pip install -r x.txt';

describe('a build', () => {
  test('is told in steps and percent that never fall, with the line it is at', () => {
    const log = new BuildLog('hone/keras', 100_000_000);
    log.write(
      trace([
        { digest: 'a', name: '[1/4] FROM base', completed: true },
        { digest: 'b', name: install },
      ]),
    );
    const first = log.progress();
    expect(first.text).toBe('Building hone/keras, step 2 of 4: RUN --mount=type=secret,id=pip pip install -r x.txt');
    log.write(trace([], [['b', 'Collecting big\n  Downloading big-1.whl (50.0 MB)\n']]));
    const second = log.progress();
    expect(second.text).toBe('Building hone/keras, step 2 of 4: Downloading big-1.whl (50.0 MB)');
    expect(second.fraction).toBeCloseTo(0.7 * 0.5 + 0.3 * 0.25);
    expect(second.fraction).toBeGreaterThan(first.fraction ?? 1);
    expect(log.failure).toBeNull();
  });

  test('is read from a stream cut anywhere', () => {
    const log = new BuildLog('x', 0);
    const bytes = trace([{ digest: 'a', name: '[1/1] RUN größe' }]);
    for (const byte of bytes) log.write(Buffer.from([byte]));
    expect(log.progress().text).toBe('Building x, step 1 of 1: RUN größe');
  });
});

describe('a failed build', () => {
  function failure(
    output: string,
    error = 'executor failed running [/bin/sh -c …]: exit code: 1',
  ): Error & { next: string | null; code: string } {
    const log = new BuildLog('hone/keras', 0);
    log.write(trace([{ digest: 'b', name: install, error }], [['b', output]]));
    log.write(line({ errorDetail: { message: error }, error }));
    if (log.failure === null) throw new Error('The log saw no failure.');
    return describeBuildFailure('The image hone/keras:1', log.failure);
  }

  test('shows what pip said', () => {
    const { message, next } = failure(
      'ERROR: Could not find a version that satisfies foo==9\nERROR: No matching distribution found for foo==9\n',
    );
    expect(message).toBe('The image hone/keras:1 could not be built: No matching distribution found for foo==9.');
    expect(next).toMatch(/requirements/);
  });

  test('names both of two that exclude each other', () => {
    const said =
      'ERROR: Cannot install -r p.txt (line 1) and b==2 because these package versions have conflicting dependencies.\n' +
      'The conflict is caused by:\n    The user requested b==2\n    a 1.0 depends on b<2\nERROR: ResolutionImpossible: for help visit …\n';
    expect(failure(said).message).toContain('b==2 and a==1.0 exclude each other');
  });

  test('tells an index that cannot be reached from a package that does not exist', () => {
    const said =
      'WARNING: Retrying after NewConnectionError: Name or service not known\nERROR: No matching distribution found for foo\n';
    expect(failure(said)).toMatchObject({
      message: expect.stringContaining('cannot be reached'),
      next: expect.stringContaining('network'),
    });
  });

  test.each([
    [
      'Looking in indexes: https://pypi.org/simple, https://u:****@h:8/simple\nNewConnectionError(…',
      'one of the package indexes at pypi.org and h:8 cannot',
    ],
    ["NewConnectionError(\"HTTPSConnection(host='h', port=443): Failed", 'the package index at h cannot'],
    ['ERROR: 401 Error, Credentials not correct for https://h:8/simple/foo/', 'the package index at h:8 wants another password'],
    [
      'Could not fetch URL https://h:8/simple/foo/: problem: SSLError(…CERTIFICATE_VERIFY_FAILED',
      'the certificate of the package index at h:8 is',
    ],
    [
      'failed to do request: Head "https://r:5/v2/a/manifests/1": dial tcp: Connection refused',
      'the registry at r:5 cannot be reached',
    ],
  ])('names the server that it is about: %s', (said, reason) => {
    expect(failure(`${said}\nERROR: No matching distribution found for foo\n`).message).toContain(reason);
  });

  test('suggests the known name that a misspelt one is near', () => {
    const said = (name: string): string =>
      `ERROR: Could not find a version that satisfies the requirement ${name} (from versions: none)\nERROR: No matching distribution found for ${name}\n`;
    expect(failure(said('scikit-lern==1.0'))).toMatchObject({
      message: expect.stringContaining('no index has scikit-lern for this Python'),
      next: 'Did you mean scikit-learn? Correct its name in the requirements.',
    });
    expect(failure(said('our-own-company-package')).next).toBe('Correct its name in the requirements.');
  });

  test('says which step it was where nothing else is known', () => {
    expect(failure('Segmentation fault').message).toBe(
      'The image hone/keras:1 could not be built: Segmentation fault. Failed step: RUN pip install -r x.txt',
    );
  });

  test('recognises a full disk', () => {
    expect(failure('ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n').code).toBe(
      'disk-full',
    );
  });

  test('may fail before any step', () => {
    const log = new BuildLog('x', 0);
    log.write(line({ errorDetail: { message: 'dockerfile parse error line 3: unknown instruction: FORM' } }));
    expect(log.failure === null ? '' : describeBuildFailure('The image x:1', log.failure).message).toContain(
      'dockerfile parse error line 3',
    );
  });
});

test('protobuf fields are read back as written, and a cut message is refused', () => {
  const long = Buffer.alloc(300, 'x');
  const message = Buffer.concat([writeWireField(1, Buffer.from('id')), Buffer.from([0x10, 0xac, 0x02]), writeWireField(3, long)]);
  expect([...readWireFields(message)]).toMatchObject([
    { field: 1, bytes: Buffer.from('id') },
    { field: 2, value: 300 },
    { field: 3, bytes: long },
  ]);
  expect(() => [...readWireFields(message.subarray(0, 50))]).toThrow(RangeError);
});
