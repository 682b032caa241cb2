import { seededRandom } from '../../src/core/study/policy/seededRandom.ts';

const PIECES = [
  ...[
    "'",
    '"',
    '\\',
    '`',
    '$',
    '{',
    '}',
    '(',
    ')',
    ';',
    '\n',
    '\r',
    '\t',
    '\0',
    '/',
    '*',
    '//',
    '/*',
    '*/',
    '#',
    "'''",
    '"""',
    '$(',
    '${',
    '%',
  ],
  ...[
    String.raw`\u0027`,
    String.raw`\u005c`,
    String.raw`\uuu0027`,
    String.raw`\047`,
    '\u2028',
    '\u2029',
    '\u202e',
    '\ufeff',
    '\ud800',
    'ü',
    '字',
  ],
  ...["'); sh('id", "' + evil() + '", '<script>', '|rm', '&&', 'evil', ' ', '-', '=', '@', '.', '~', '\u0000', '\u0085'],
];

/** Texts that want to be code: for each a seed, the same texts each time. */
export function hostileText(seed: number): string {
  const random = seededRandom(seed);
  const length = 1 + Math.floor(random() * 12);
  return Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)]).join('');
}
