import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Owner } from '../../lib/authoring/errors';
import { parseRouteKey } from '../../lib/gateway/route-key';
import { httpRoutes, restRoutes } from '../../runtime/routes';
import { compiled } from '../support/compile';

jest.setTimeout(120_000);

/** What the compiler says of programs beside each other: file → messages. */
function messagesOf(programs: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  const names = Object.keys(programs);
  const found = compiled(new Map(names.map((name) => [join(__dirname, name), programs[name]])), {
    'cdk-apigateway-constructs': 'lib/index.ts',
    'cdk-apigateway-constructs/routes': 'runtime/routes/index.ts',
  });
  return Object.fromEntries(names.map((name, index) => [name, found[index]]));
}

/** Keys, some of which are legal. */
const keys = fc.sample(
  fc
    .tuple(
      fc.constantFrom('GET ', 'POST ', 'ANY ', 'get ', 'GET', 'GET  '),
      fc.array(
        fc.constantFrom('orders', '{id}', '{line}', '{proxy+}', ':id', 'x{id}', '{', '{}', '', 'a-b', 'a b', '*'),
        {
          maxLength: 3,
        },
      ),
      fc.constantFrom('/', '/', '/', ''),
    )
    .map(([method, segments, slash]) => `${method}${slash}${segments.join('/')}`),
  { numRuns: 150, seed: 7 },
);

test('keys and options are checked by the compiler, and the constructs take what it accepts', () => {
  const program = readFileSync(join(__dirname, 'keys.ts.txt'), 'utf8');
  const expected = program.split('// @ts-expect-error').length - 1;
  const bare = program.replaceAll('// @ts-expect-error', '//');
  const of = (key: string) => `import { type KeyError } from 'cdk-apigateway-constructs/routes';
const nothing: [KeyError<${JSON.stringify(key)}>] extends [never] ? true : false = true; void nothing;`;
  const distinct = [...new Set(keys)];
  const found = messagesOf({
    'keys.ts': program,
    'bare.ts': bare,
    ...Object.fromEntries(distinct.map((key, index) => [`key-${index}.ts`, of(key)])),
  });
  expect(found['keys.ts']).toEqual([]);
  // Each line that is to fail does, and nothing else.
  expect(found['bare.ts']).toHaveLength(expected);
  expect(found['bare.ts'].join('\n')).toContain('a path variable has braces: \\"{id}\\"');
  expect(found['bare.ts'].join('\n')).toContain('\\"throtle\\" is not an option of a route');

  // What the compiler refuses, the synthesis does; what it accepts, too, unless a name is there twice.
  const verdicts = distinct.map((key, index) => {
    const refusal = (() => {
      try {
        parseRouteKey(key, new Owner('Here'));
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    })();
    const isTwice = refusal?.includes('is in the path twice') ?? false;
    return { key, types: found[`key-${index}.ts`].length === 0, synthesis: refusal === undefined || isTwice };
  });
  expect(verdicts.filter(({ types, synthesis }) => types !== synthesis)).toEqual([]);
  expect(verdicts.filter(({ types }) => types).length).toBeGreaterThan(10);
  expect(verdicts.filter(({ types }) => !types).length).toBeGreaterThan(50);
});

test('what is given is given back', () => {
  const routes = { 'GET /': {} as never };
  expect([restRoutes(routes), httpRoutes(routes)]).toEqual([routes, routes]);
  expect(restRoutes(routes)).toBe(routes);
});
