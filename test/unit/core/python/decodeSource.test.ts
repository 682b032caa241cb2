import { expect, test } from 'vitest';
import { decodeSource } from '../../../../src/core/python/decodeSource.ts';

const bytes = (...values: (number | string)[]): Uint8Array =>
  Buffer.concat(values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from([value]))));

test('UTF-8 is the default', () => {
  expect(decodeSource(Buffer.from('x = "ü🌲"'))).toEqual({ text: 'x = "ü🌲"', encoding: 'utf-8', byteOrderMark: false });
});

test('a byte order mark is kept in mind and left out of the text', () => {
  expect(decodeSource(bytes(0xef, 0xbb, 0xbf, 'x = 1'))).toEqual({ text: 'x = 1', encoding: 'utf-8', byteOrderMark: true });
});

test('the coding comment decides, on either of the first two lines', () => {
  expect(decodeSource(bytes('#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx = "\xfc"'))).toMatchObject({
    text: expect.stringContaining('ü'),
    encoding: 'latin1',
  });
});

test('what is not UTF-8 and says nothing is read all the same', () => {
  expect(decodeSource(bytes('x = "\xfc"'))).toMatchObject({ text: 'x = "ü"', encoding: 'windows-1252' });
});
