import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { curlOf } from '../../../../runtime/serve/page/curl';
import { type TraceView } from '../../../../runtime/serve/page/wire';

interface Sent {
  readonly target: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly method?: string;
}

const viewOf = ({ target, headers = [], body = '', method = 'POST' }: Sent): TraceView => ({
  ...{ requestId: 'r', api: 'Shop', stage: 'dev', startedAt: 0, tookInMs: 1, method, target, status: 200 },
  request: { headers, body: { bytes: body.length, text: body, cut: false } },
  answer: { headers: [], body: { bytes: 0, cut: false } },
  ...{ steps: [], logs: [] },
});

const wordsOf = (sent: Sent, url = 'http://localhost:3000/dev'): string[] => {
  const script = curlOf(viewOf(sent), url).replace(/^curl/, `printf '%s\\0'`);
  return execFileSync('sh', ['-c', script]).toString().split('\0').slice(0, -1);
};

(process.platform === 'win32' ? test.skip : test)('each part is one word of the shell, whatever is in it', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => value.replaceAll('\0', ''));
  const odd = fc.constantFrom("'", '"', '$(id)', '`id`', '\\', '!', '*', ' ', '; ls', '#', '-x');
  const value = fc.array(fc.oneof(text, odd), { maxLength: 4 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(value, value, (header, body) => {
      const line = header.replaceAll(/[\r\n]/g, '');
      const [, , url, ...rest] = wordsOf({ target: '/dev/a', headers: [['X-A', line]], body });
      expect([url, ...rest]).toEqual([
        'http://localhost:3000/dev/a',
        ...['-H', line === '' ? 'X-A;' : `X-A: ${line}`, ...(body === '' ? [] : ['--data-binary', body])],
      ]);
    }),
    { numRuns: 60, seed: 4 },
  );
});

test('the URL has the stage once, or as it is without one', () => {
  expect(wordsOf({ target: '/dev/a?b=c' })[2]).toBe('http://localhost:3000/dev/a?b=c');
  expect(wordsOf({ target: '/a' })[2]).toBe('http://localhost:3000/dev/a');
  expect(wordsOf({ target: '/a' }, 'http://localhost:3001/')[2]).toBe('http://localhost:3001/a');
});

test('what curl adds by itself is left out, and HEAD is asked for as such', () => {
  const headers = [
    ['Host', 'x'],
    ['Content-Length', '3'],
    ['Accept', '*/*'],
  ] as const;
  expect(wordsOf({ target: '/dev/a', headers, method: 'HEAD' })).toEqual([
    '-I',
    'http://localhost:3000/dev/a',
    '-H',
    'Accept: */*',
  ]);
});
