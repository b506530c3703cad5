import * as fc from 'fast-check';
import { functionAnswer } from '../../../lib/serve/http/function-answer';

function read(value: unknown, format = '2.0'): unknown {
  const answer = functionAnswer(JSON.stringify(value), format);
  if (typeof answer === 'string') return answer;
  return [answer.status, answer.headers, Buffer.from(answer.body).toString('utf8')];
}

const PLAIN = ['Content-Type', 'text/plain;charset=UTF-8'];

describe('format 2.0', () => {
  test.each([
    [{ statusCode: 204 }, [204, [PLAIN], '']],
    [
      { statusCode: '201', body: 'x', headers: { 'content-type': 'a/b', n: 1 } },
      [
        201,
        [
          ['content-type', 'a/b'],
          ['n', '1'],
        ],
        'x',
      ],
    ],
    [{ statusCode: 200, body: 'eA==', isBase64Encoded: true }, [200, [PLAIN], 'x']],
    [{ statusCode: 200, body: 'eA==', isBase64Encoded: false }, [200, [PLAIN], 'eA==']],
    [{ statusCode: 200, cookies: ['a=1', 'b=2'] }, [200, [PLAIN, ['set-cookie', 'a=1'], ['set-cookie', 'b=2']], '']],
    [{ statusCode: 200, multiValueHeaders: { a: ['1'] }, odd: true }, [200, [PLAIN], '']],
  ])('%j is %j', (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  test.each([
    [{ statusCode: 'abc' }, 'statusCode is "abc", not a whole number from 100 to 599'],
    [{ statusCode: 42 }, 'statusCode is 42, not a whole number from 100 to 599'],
    [{ statusCode: '' }, 'statusCode is "", not a whole number from 100 to 599'],
    [{ statusCode: null }, 'statusCode is null, not a whole number from 100 to 599'],
    [{ statusCode: 200, body: {} }, 'body is not a text; return JSON.stringify(body)'],
    [{ statusCode: 200, headers: [] }, 'headers and multiValueHeaders have to be objects'],
    [{ statusCode: 200, cookies: 'a=1' }, 'cookies is not a list'],
    [{ statusCode: 200, body: 'not base64!', isBase64Encoded: true }, 'isBase64Encoded is true and body is not base64'],
  ])('%j is malformed', (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  test('any other value is the body, as JSON', () => {
    const other = fc
      .jsonValue()
      .filter((value) => typeof value !== 'object' || value === null || !('statusCode' in value));
    fc.assert(
      fc.property(other, (value) => {
        const body = typeof value === 'string' ? value : JSON.stringify(value);
        expect(read(value)).toEqual([200, [['Content-Type', 'application/json']], body]);
      }),
    );
  });

  test('no value makes it throw', () => {
    const value = fc.dictionary(
      fc.constantFrom('statusCode', 'headers', 'body', 'cookies', 'isBase64Encoded', 'multiValueHeaders'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(value, fc.constantFrom('1.0', '2.0'), (given, format) => {
        expect(typeof functionAnswer(JSON.stringify(given), format)).toMatch(/string|object/);
      }),
    );
  });
});

describe('format 1.0', () => {
  test('has headers with several values, and no cookies', () => {
    const value = { statusCode: 200, headers: { a: '1' }, multiValueHeaders: { a: ['2', '3'] }, cookies: ['c=1'] };
    expect(read(value, '1.0')).toEqual([200, [PLAIN, ['a', '2'], ['a', '3'], ['a', '1']], '']);
  });

  test.each([['text'], [{ body: 'x' }], [null], [7]])('%j has no status', (value) => {
    expect(read(value, '1.0')).toBe('The response has no statusCode, which format 1.0 requires');
  });
});
