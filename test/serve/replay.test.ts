import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { inProcess } from '../../scripts/replay/in-process';
import { judge } from '../../scripts/replay/judge';
import { bodyDifferences, differences } from '../../scripts/replay/matching';
import { readRecordings, type Recording } from '../../scripts/replay/recording';
import { Stubs } from '../../scripts/replay/stubs';
import { Tokens } from '../../scripts/replay/tokens';
import { inProcessSockets } from '../../scripts/replay/websocket';
import floor from './replay-floor.json';

const tokens = new Tokens();

/** What differs in the requests of a recording, one list for each of them. */
async function played(recording: Recording): Promise<string[][]> {
  const stubs = new Stubs(recording);
  const start = recording.kind === 'WEBSOCKET' ? inProcessSockets : inProcess;
  const send = start(recording, stubs, tokens);
  const found: string[][] = [];
  for (const request of recording.requests) {
    stubs.forget();
    found.push(judge(request, await send(request), stubs));
  }
  return found;
}

describe('an expectation', () => {
  const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"$'));

  test('of any value is met by that value', () => {
    fc.assert(fc.property(plain, (value) => differences(value, value, 'it').length === 0));
  });

  test('of a text is met by no other', () => {
    const two = fc.tuple(fc.string(), fc.string()).filter(([one, other]) => one !== other);
    fc.assert(fc.property(two, ([one, other]) => differences({ a: one }, { a: other }, 'it').length === 1));
  });

  test.each([
    [{ a: 1 }, { a: 1, b: 2 }, 0],
    [{ $equals: { a: 1 } }, { a: 1, b: 2 }, 1],
    [[1], [1, 2], 1],
    [{ a: { $absent: true } }, {}, 0],
    [{ a: { $absent: true } }, { a: null }, 1],
    [{ a: { $any: true } }, { a: null }, 1],
    [{ $matches: '^4\\d\\d$' }, 404, 0],
    [{ $matches: '^5' }, 404, 1],
    [{ $sameConnection: 'c1' }, 'x', 0],
    [{ $sameConnection: 'c2' }, 'x', 1],
  ])('%j of %j has %d differences', (expected, given, count) => {
    expect(differences(expected, given, 'it', { c1: 'x' })).toHaveLength(count);
  });

  test.each([
    ['text', 'text', 0],
    [{ json: { a: 1 } }, '{"a": 1}', 0],
    [{ json: { a: 1 } }, '{"a": 1, "b": 2}', 1],
    [{ jsonSubset: { a: 1 } }, '{"a": 1, "b": 2}', 0],
    [{ json: {} }, 'no JSON', 1],
    [{ matches: 'b+' }, 'abbc', 0],
    [{ base64: 'YQ==' }, 'a', 0],
    [{ base64: 'YQ==' }, 'b', 1],
  ])('of a body: %j of %j has %d differences', (expected, body, count) => {
    expect(bodyDifferences(expected, Buffer.from(body), 'body')).toHaveLength(count);
  });
});

test('a recording is right, or each difference is named', async () => {
  const resource = (Type: string, Properties: object): object => ({ Type, Properties });
  const Uri = { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations' };
  const recording: Recording = {
    ...{ id: 'own', title: 'a function behind the root', kind: 'REST' },
    backends: { Fn: { type: 'lambda', answer: { statusCode: 201, body: '$event.httpMethod' } } },
    template: {
      Resources: {
        Api: resource('AWS::ApiGateway::RestApi', { Name: 'own' }),
        Get: resource('AWS::ApiGateway::Method', {
          ...{ RestApiId: { Ref: 'Api' }, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'GET' },
          ...{ AuthorizationType: 'NONE', Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri } },
        }),
        Fn: resource('AWS::Lambda::Function', { Code: { ZipFile: '-' }, Handler: 'i.h', Runtime: 'nodejs22.x' }),
        Stage: resource('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, StageName: 'dev' }),
      },
    },
    requests: [
      { method: 'GET', path: '/', stage: 'dev', expect: { status: 201, body: 'GET', backendCalls: { Fn: 1 } } },
      { method: 'GET', path: '/', stage: 'dev', expect: { status: 200, backendCalls: { Fn: 2 } } },
    ],
  };
  expect(await played(recording)).toEqual([[], ['status: expected 200, was 201', 'calls of Fn: expected 2, was 1']]);
});

/** Recordings of the service that stand beside the project, where there are any. */
const OPEN = join(__dirname, '..', '..', '..', 'shared', 'recordings');

(existsSync(OPEN) ? test : test.skip)(
  'as many recordings of the service are right as ever',
  async () => {
    const recordings = readRecordings([OPEN]);
    const right: string[] = [];
    for (const recording of recordings) {
      if ((await played(recording)).every((found) => found.length === 0)) right.push(recording.id);
    }
    expect(right.length).toBeGreaterThanOrEqual(floor.right);
  },
  60_000,
);
