import * as fc from 'fast-check';
import { changedAnswer, changedRequest, changesOf } from '../../../lib/serve/http/changes';
import { contextOf } from '../../../lib/serve/http/context';
import { type Sources, valueOf } from '../../../lib/serve/http/expressions';
import { readRequest } from '../../../lib/serve/http/request';

const BODY = '{"a":{"b":[1,{"c":"deep"}]},"n":null,"f":false,"e":""}';

function sources(body = BODY, target = '/books/7?q=1&q=2&one=x'): Sources {
  const headers = [
    ['X-Who', 'me'],
    ['x-who', 'you'],
    ['Other', 'o'],
  ] as const;
  const request = readRequest(
    { method: 'GET', target, headers, body: Buffer.from(body), sourceIp: '10.0.0.1' },
    { stage: 'beta', prefix: '', host: 'h', port: '443', traceId: 't' },
  );
  const context = contextOf(
    { account: '1', apiId: 'abc', stage: 'beta', domainName: 'abc.test', requestId: 'r=', at: 0 },
    request,
  );
  context.authorizer = { claims: { sub: 'u1' } };
  return { request, pathParameters: { id: '7' }, context, stageVariables: { env: 'dev' } };
}

describe('values', () => {
  test.each([
    ['$request.header.X-WHO', 'me,you'],
    ['$request.header.none', undefined],
    ['$request.querystring.q', '1,2'],
    ['$request.querystring.Q', undefined],
    ['$request.path', '/books/7'],
    ['$request.path.id', '7'],
    ['$request.path.toString', undefined],
    ['$request.body', BODY],
    ['$request.body.a.b[1].c', 'deep'],
    ['$request.body.a.b', '[1,{"c":"deep"}]'],
    ['$request.body.f', 'false'],
    ['$request.body.n', undefined],
    ['$request.body.none', undefined],
    ['$request.body..c', undefined],
    ['$request.body.a.b[?(@.c)]', undefined],
    ['$context.stage', 'beta'],
    ['$context.identity.sourceIp', '10.0.0.1'],
    ['$context.authorizer.claims.sub', 'u1'],
    ['$context.none', undefined],
    ['$stageVariables.env', 'dev'],
    ['$response.header.a', undefined],
    ['$other.x', '$other.x'],
    ['plain $request text', 'plain $request text'],
    ['${request.header.other}-${request.path.id}', 'o-7'],
    ['${$request.path.id}/${context.stage}/${stageVariables.env}', '7/beta/dev'],
    ['<${request.header.none}>', '<>'],
    ['${AWS::Region}', '${AWS::Region}'],
    ["'quoted'", "'quoted'"],
    ['', ''],
  ])('%s is %j', (expression, value) => {
    expect(valueOf(expression, sources())).toBe(value);
  });

  test('a body that is none has no values, and one of more than 100 KB has no paths', () => {
    expect(valueOf('$request.body', sources(''))).toBeUndefined();
    expect(valueOf('$request.body.a', sources('not json'))).toBeUndefined();
    const long = JSON.stringify({ a: 'x'.repeat(100 * 1024) });
    expect(valueOf('$request.body.a', sources(long))).toBeUndefined();
    expect(valueOf('$request.body', sources(long))).toBe(long);
  });

  test('a text without braces and variables is itself', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/^\$|\$\{/.test(text)),
        (text) => {
          expect(valueOf(text, sources())).toBe(text);
        },
      ),
    );
  });

  test('no expression makes it throw', () => {
    const expression = fc.tuple(fc.constantFrom('$request.', '$response.', '${request.', '$context.'), fc.string());
    fc.assert(
      fc.property(expression, ([begin, rest]) => {
        expect(['string', 'undefined']).toContain(typeof valueOf(begin + rest, sources()));
      }),
    );
  });
});

describe('changes of a request', () => {
  const changed = (parameters: Record<string, string>) => changedRequest(changesOf(parameters), sources(), []);

  test('append, overwrite and remove', () => {
    const { request, path } = changed({
      'append:header.X-Who': 'they',
      'append:header.new': '$context.requestId',
      'overwrite:header.other': '$request.header.none',
      'remove:querystring.q': "''",
      'overwrite:querystring.one': 'a b&c',
      'append:querystring.two': '$stageVariables.env',
      'overwrite:path': '/x/${request.path.id}',
    });
    expect(request.headers).toMatchObject({ 'x-who': ['me', 'you', 'they'], new: ['r='], other: ['o'] });
    expect(request.rawQuery).toBe('one=a%20b%26c&two=dev');
    expect(path).toBe('/x/7');
  });

  test('of names that objects have anyway', () => {
    const { headers } = changed({ 'append:header.toString': 'a', 'append:header.__proto__': 'b' }).request;
    expect(Object.entries(headers)).toEqual(
      expect.arrayContaining([
        ['tostring', ['a']],
        ['__proto__', ['b']],
      ]),
    );
    expect(changed({ 'append:querystring.valueOf': '1' }).request.rawQuery).toBe('q=1&q=2&one=x&valueOf=1');
  });

  test('leave the query as it was sent if it does not change', () => {
    expect(changed({ 'remove:header.other': '' }).request.rawQuery).toBe('q=1&q=2&one=x');
    expect(changed({ 'remove:header.other': '' }).request.headers).not.toHaveProperty('other');
  });

  test.each(['Authorization', 'x-amz-date', 'Access-Control-Allow-Origin', 'via'])('cannot set %s', (name) => {
    expect(() => changed({ [`append:header.${name}`]: 'x' })).toThrow(
      `The header ${name} is reserved: API Gateway accepts no mapping that changes it`,
    );
  });
});

describe('changes of an answer', () => {
  const answer = {
    status: 500,
    headers: [
      ['X-A', '1'],
      ['x-b', '2'],
    ] as const,
    body: Buffer.from('{"m":"no"}'),
  };
  const changed = (parameters: Record<string, string>) => changedAnswer(changesOf(parameters), answer, sources(), []);

  test('know what the back end answered', () => {
    const { status, headers } = changed({
      'overwrite:statuscode': '404',
      'append:header.x-a': '$response.body.m',
      'overwrite:header.X-B': '${response.header.x-a}!',
      'append:header.x-c': '$response.header.none',
    });
    expect(status).toBe(404);
    expect(headers).toEqual([
      ['X-A', '1'],
      ['x-a', 'no'],
      ['X-B', '1!'],
    ]);
  });

  test('remove headers, and take only statuses', () => {
    expect(changed({ 'remove:header.x-A': '', 'overwrite:statuscode': 'abc' })).toMatchObject({
      ...{ status: 500, headers: [['x-b', '2']] },
    });
  });
});
