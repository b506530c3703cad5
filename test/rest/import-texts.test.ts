import { App, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { RestAuthorizer, type RestGatewayProps, RestIntegration } from '../../lib';
import { mappedHeader } from '../../lib/rest/gateway-response-headers';
import { gateway, type Json, resource, templateOf } from '../support/stacks';

const mock = RestIntegration.mock();
const body = (props: Partial<RestGatewayProps>): Json =>
  resource(templateOf(gateway(props).stack), 'AWS::ApiGateway::RestApi').Properties.Body;
const responses = (props: NonNullable<RestGatewayProps['gatewayResponses']>[string]): Json =>
  body({ gatewayResponses: { THROTTLED: props } })['x-amazon-apigateway-gateway-responses'].THROTTLED;

describe('headers of gateway responses', () => {
  const headers = (given: Record<string, string>) => responses({ headers: given }).responseParameters;

  test('a text is in quotes, and a source is none', () => {
    expect(
      headers({
        'Retry-After': '1',
        'X-Quoted': "'a b'",
        'X-Id': 'context.requestId',
        'X-Error': 'context.error.responseType',
        'X-From': 'method.request.header.Origin',
        'X-Query': 'method.request.querystring.page',
        'X-Path': 'method.request.path.id',
        'X-Stage': 'stageVariables.tenant',
        'X-Empty': '',
        'X-Tab': 'a\tb',
      }),
    ).toEqual({
      'gatewayresponse.header.Retry-After': "'1'",
      'gatewayresponse.header.X-Quoted': "'a b'",
      'gatewayresponse.header.X-Id': 'context.requestId',
      'gatewayresponse.header.X-Error': 'context.error.responseType',
      'gatewayresponse.header.X-From': 'method.request.header.Origin',
      'gatewayresponse.header.X-Query': 'method.request.querystring.page',
      'gatewayresponse.header.X-Path': 'method.request.path.id',
      'gatewayresponse.header.X-Stage': 'stageVariables.tenant',
      'gatewayresponse.header.X-Empty': "''",
      'gatewayresponse.header.X-Tab': "'a\tb'",
    });
  });

  test('what only the deployment knows is taken', () => {
    const { stack, api } = gateway({ routes: {} });
    expect(api).toBeDefined();
    const reason = new CfnParameter(stack, 'Reason').valueAsString;
    expect(() => gateway({ gatewayResponses: { THROTTLED: { headers: { 'X-Reason': reason } } } })).not.toThrow();
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'a quote',
      { 'X-M': "it's busy" },
      `"X-M" has the value "it's busy", but API Gateway puts text in single quotes, so it cannot contain any; write "its busy"`,
    ],
    ['a quote in quotes', { 'X-M': "'it's busy'" }, 'so it cannot contain any; write "its busy"'],
    ['a lonely quote', { 'X-M': "'" }, 'so it cannot contain any; write ""'],
    ['a text that leaves its quotes', { 'X-M': "a' + 'b" }, 'so it cannot contain any'],
    [
      'a name with a space',
      { 'bad name': 'x' },
      'headers has "bad name", which is not a header name; write e.g. "X-Reason"',
    ],
    ['no name', { '': 'x' }, 'headers has "", which is not a header name'],
    ['a name with a colon', { 'X:Y': 'x' }, 'headers has "X:Y", which is not a header name'],
    ['one name twice', { 'X-A': '1', 'x-a': '2' }, 'headers has "x-a" twice; header names ignore case'],
    ['a line break', { 'X-M': 'a\r\nSet-Cookie: b' }, 'but a header may have printable ASCII characters only'],
    ['another alphabet', { 'X-M': 'größer' }, 'but a header may have printable ASCII characters only'],
    [
      'an odd source',
      { 'X-M': 'context.error message' },
      `which is not method.request.header.X, method.request.path.x, method.request.querystring.x, context.x or stageVariables.x; for the text itself, put it in single quotes: "'context.error message'"`,
    ],
    ['a body', { 'X-M': 'method.request.body' }, 'which is not method.request.header.X'],
  ])('%s is an error', (_what, given, message) => {
    expect(() => headers(given)).toThrow(/^RestGateway 'Api': gatewayResponses\.THROTTLED\.headers/);
    expect(() => headers(given)).toThrow(message);
  });

  test('replace one of CORS, however it is spelled', () => {
    const { responseParameters } = body({
      cors: { allowOrigins: ['https://a.example'] },
      gatewayResponses: { THROTTLED: { headers: { 'access-control-allow-origin': '*' } } },
    })['x-amazon-apigateway-gateway-responses'].THROTTLED;
    const names = Object.keys(responseParameters).filter((name) => /allow-origin$/i.test(name));
    expect(names).toEqual(['gatewayresponse.header.access-control-allow-origin']);
  });

  test('of any text: refused, or one text or source of the import', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom("'", "''", "'a'", 'context.')),
        (text) => {
          let written: Record<string, string>;
          try {
            written = headers({ 'X-M': text });
          } catch {
            return;
          }
          expect(Object.values(written)).toEqual([mappedHeader(text)]);
          expect(Object.values(written)[0]).toMatch(
            /^('[\t\x20-&(-~]*'|(method\.request|context|stageVariables)\.[\x21-~]+)$/,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('media types', () => {
  test('of gateway responses and mocks', () => {
    const templates = { 'application/json': '{}', 'text/html; charset=utf-8': '<p>', 'application/problem+json': '{}' };
    expect(Object.keys(responses({ templates }).responseTemplates)).toHaveLength(3);
    const integration = RestIntegration.mock({ body: '<p>', contentType: 'text/html; charset=utf-8' });
    expect(() => body({ routes: { 'GET /x': { integration } } })).not.toThrow();
  });

  test.each(['json', '', 'text/', '/html', 'text/html, text/plain', 'text/html;', 'a b/c', 'text/html\n'])(
    '%j is none',
    (type) => {
      expect(() => responses({ templates: { [type]: '' } })).toThrow(
        `gatewayResponses.THROTTLED.templates has ${JSON.stringify(type).replace('\\n', '\n')}, which is not a content type; write "type/subtype", e.g. "application/json" or "text/html"`,
      );
      const integration = RestIntegration.mock({ body: 'x', contentType: type });
      expect(() => body({ routes: { 'GET /x': { integration } } })).toThrow('contentType of the mock has');
    },
  );
});

describe('validationRegex', () => {
  const fn = Function.fromFunctionArn(
    new Stack(new App(), 'S'),
    'F',
    'arn:aws:lambda:eu-west-1:111111111111:function:f',
  );
  const authorizer = (validationRegex: string) => RestAuthorizer.lambdaToken(fn, { validationRegex });

  test.each([
    '^Bearer [-0-9a-zA-Z._]*$',
    '(?i)bearer .*',
    'a++b',
    '(?>a|b)c',
    '\\Q([\\E.*',
    '(?i:x)y',
    '[a-z&&[^b]]+',
    Lazy.string({ produce: () => '(' }),
  ])('%s is taken', (regex) =>
    expect(authorizer(regex).bind({ stack: new Stack(), routeKey: 'GET /' }).validationRegex).toBe(regex),
  );

  test.each([
    ['([', 'Unterminated character class'],
    ['(a', 'Unterminated group'],
    ['*a', 'Nothing to repeat'],
    ['a{2,1}', 'numbers out of order'],
    ['a\\', '\\ at end of pattern'],
    ['', 'it is empty'],
  ])('%s is none', (regex, why) => {
    expect(() => authorizer(regex)).toThrow(
      `RestAuthorizer.lambdaToken: validationRegex "${regex}" is not a regular expression (`,
    );
    expect(() => authorizer(regex)).toThrow(why);
    expect(() => authorizer(regex)).toThrow('write e.g. "^Bearer [-0-9A-Za-z._]+$", or remove it');
  });
});

test('the scheme of a request authorizer with several sources has the name that the import wants', () => {
  const fn = (stack: Stack) => Function.fromFunctionArn(stack, 'F', 'arn:aws:lambda:eu-west-1:123456789012:function:f');
  const name = (identitySources: string[]) => {
    const { stack, api } = gateway({ routes: {}, stages: { prod: { variables: { v: '1' } } } });
    api.addRoute('GET /x', {
      integration: mock,
      authorizer: RestAuthorizer.lambda(fn(stack), { authorizerName: 'a', identitySources }),
    });
    const { securitySchemes } = resource(templateOf(stack), 'AWS::ApiGateway::RestApi').Properties.Body.components;
    return [securitySchemes.a.name, securitySchemes.a['x-amazon-apigateway-authorizer'].identitySource];
  };
  const header = 'method.request.header.X-Key';
  expect(name([header])).toEqual(['X-Key', header]);
  for (const more of [
    'method.request.querystring.q',
    'context.httpMethod',
    'stageVariables.v',
    'method.request.header.B',
  ]) {
    expect(name([header, more])).toEqual(['Unused', `${header}, ${more}`]);
    expect(name([more, header])).toEqual(['Unused', `${more}, ${header}`]);
  }
  expect(name(['context.httpMethod'])).toEqual(['Unused', 'context.httpMethod']);
});
