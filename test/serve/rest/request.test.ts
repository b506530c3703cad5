import * as fc from 'fast-check';
import { readRequest } from '../../../lib/serve/rest/request';
import { type HeaderFields } from '../../../lib/serve/exchange';

const EDGE = { traceId: 'Root=1', host: 'h', port: '443', protocol: 'https' };
const read = (target: string, headers: HeaderFields = [], prefix = '/prod') =>
  readRequest({ method: 'GET', target, headers, body: new Uint8Array(), sourceIp: '10.0.0.1' }, { prefix }, EDGE);

test.each([
  ['/prod', '/', '/prod/'],
  ['/prod/', '/', '/prod/'],
  ['/prod/a/b', '/a/b', '/prod/a/b'],
  ['//prod/a', '/a', '/prod/a'],
  ['/prod//a', '/a', '/prod//a'],
  ['/prod/a%2Fb%20c', '/a%2Fb%20c', '/prod/a%2Fb%20c'],
])('the path of %s is %s', (target, path, fullPath) => {
  expect(read(target)).toMatchObject({ path, fullPath, eventPath: path });
});

test.each([
  ['', {}],
  ['?', {}],
  ['?a=1&b=2&a=3', { a: ['1', '3'], b: ['2'] }],
  ['?a', { a: [''] }],
  ['?a=&=b', { a: [''], '': ['b'] }],
  ['?a=b=c', { a: ['b=c'] }],
  ['?a+b=c%20d+e', { 'a b': ['c d e'] }],
  ['?a=%zz', { a: ['%zz'] }],
  ['?A=1&a=2', { A: ['1'], a: ['2'] }],
  ['?a=1?b', { a: ['1?b'] }],
])('the query %s', (query, expected) => {
  expect(read(`/prod/x${query}`).query).toEqual(expected);
});

test('whatever is in a query comes out of it', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 5 }), (pairs) => {
      const expected: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
      for (const [name, value] of pairs) (expected[name] ??= []).push(value);
      const query = pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
      const found = Object.entries(read(`/prod?${query}`).query);
      expect(found.sort()).toEqual(Object.entries(expected).sort());
    }),
  );
});

test('headers that end at the service are gone, others keep their letters and all their values', () => {
  const { headers } = read('/prod', [
    ...([
      ['X-Own', 'a'],
      ['x-own', 'b'],
      ['Connection', 'close'],
      ['TE', 'x'],
      ['user-agent', 'cli'],
    ] as const),
    ...([
      ['X-Forwarded-For', '1.1.1.1'],
      ['HOST', 'other'],
      ['X-Amzn-Trace-Id', 'mine'],
    ] as const),
  ]);
  expect(headers).toEqual({
    ...{ 'X-Own': ['a', 'b'], 'User-Agent': ['cli'], Host: ['h'], 'X-Amzn-Trace-Id': ['Root=1'] },
    ...{ 'X-Forwarded-For': ['1.1.1.1, 10.0.0.1'], 'X-Forwarded-Port': ['443'], 'X-Forwarded-Proto': ['https'] },
  });
});

test.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['Text/XML; charset=utf-8', 'text/xml'],
])('the media type of %s is %s', (type, expected) => {
  expect(read('/prod', type === undefined ? [] : [['content-type', type]]).mediaType).toBe(expected);
});
