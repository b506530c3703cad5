import { type Method, type RestApi } from '../../../lib/template/model/model';
import { expanded } from '../../../lib/template/sam/expand';
import { UNKNOWN } from '../../../lib/template/model/value';
import { samCases } from './cases';
import { comparable, modelOfTemplate } from './comparable';

type Loose = Record<string, unknown>;

const sam = (Resources: Loose, sections: Loose = {}): Loose => ({
  Transform: 'AWS::Serverless-2016-10-31',
  ...sections,
  Resources,
});
const fn = (Events: Loose, more: Loose = {}, attributes: Loose = {}): Loose => ({
  Type: 'AWS::Serverless::Function',
  ...attributes,
  Properties: { Handler: 'index.handler', ...more, Events },
});
const rest = (properties: Loose = {}): Loose => ({
  Type: 'AWS::Serverless::Api',
  Properties: { StageName: 'prod', ...properties },
});
const event = (Path: string, Method: string, more: Loose = {}): Loose => ({
  Type: 'Api',
  Properties: { Path, Method, RestApiId: { Ref: 'Api' }, ...more },
});
const restApi = (resources: Loose, sections?: Loose): RestApi => modelOfTemplate(sam(resources, sections)).restApis[0];
const method = ({ methods }: RestApi, route: string): Method =>
  methods.find(({ httpMethod, path }) => `${String(httpMethod)} ${path}` === route) as Method;

describe('a template of SAM', () => {
  test('the cases speak of all that there is', () => {
    expect(samCases.length).toBeGreaterThanOrEqual(12);
  });

  test.each(samCases.map(({ name, ...rest }) => [name, rest] as const))(
    'is read as what SAM makes of it is: %s',
    (_name, { template, transformed }) => {
      const found = comparable(template);
      expect(found).toEqual(comparable(transformed));
      expect([found.restApis, found.httpApis, found.webSocketApis].flat().length).toBeGreaterThan(0);
    },
  );

  test('is not changed, and one without the transform is not even copied', () => {
    for (const { template } of samCases) {
      const before = JSON.stringify(template);
      modelOfTemplate(template);
      expect(JSON.stringify(template)).toBe(before);
      const source = { file: 'a', template: { ...template, Transform: 'AWS::LanguageExtensions' }, bytes: 0 };
      expect(expanded(source).source).toBe(source);
    }
  });
});

describe('the stage called Stage', () => {
  test('is there unless the template has OpenApiVersion', () => {
    const names = (properties: Loose, globals?: Loose) =>
      restApi(
        { Api: rest(properties), Fn: fn({ A: event('/a', 'get') }) },
        globals && { Globals: { Api: globals } },
      ).deployments.map(({ stageName }) => stageName);
    expect(names({})).toEqual(['Stage']);
    expect(names({ OpenApiVersion: '3.0.1' })).toEqual([undefined]);
    expect(names({}, { OpenApiVersion: 3 })).toEqual([undefined]);
  });
});

describe('what cannot be told', () => {
  const type = (auth: unknown, ofEvent: Loose = {}) =>
    method(restApi({ Api: rest({ Auth: auth }), Fn: fn({ A: event('/a', 'get', ofEvent) }) }), 'GET /a')
      .authorizationType;

  test('is unknown, so that no rule takes it for open', () => {
    expect(type({ Ref: 'Auth' })).toBe(UNKNOWN);
    expect(type({ 'Fn::If': ['C', {}, { Ref: 'AWS::NoValue' }] })).toBe(UNKNOWN);
    expect(type({ Authorizers: { Ref: 'A' }, DefaultAuthorizer: 'A' })).toBe(UNKNOWN);
    expect(type({ Authorizers: { A: { UserPoolArn: 'arn' } }, DefaultAuthorizer: { Ref: 'A' } })).toBe(UNKNOWN);
    expect(type({}, { Auth: { Authorizer: { Ref: 'A' } } })).toBe(UNKNOWN);
    expect(type({}, { Auth: { Ref: 'A' } })).toBe(UNKNOWN);
    expect(type({ ApiKeyRequired: { Ref: 'A' } })).toBe(UNKNOWN);
    expect(type({})).toBeUndefined();
  });

  test('holds of HTTP APIs too', () => {
    const ofHttp = (auth: unknown, ofEvent: Loose = {}) => {
      const Api = { Type: 'AWS::Serverless::HttpApi', Properties: { Auth: auth } };
      const A = { Type: 'HttpApi', Properties: { Path: '/a', Method: 'get', ApiId: { Ref: 'Api' }, ...ofEvent } };
      return modelOfTemplate(sam({ Api, Fn: fn({ A }) })).httpApis[0].routes[0].authorizationType;
    };
    expect(ofHttp({ Ref: 'Auth' })).toBe(UNKNOWN);
    expect(ofHttp({ DefaultAuthorizer: { Ref: 'A' } })).toBe(UNKNOWN);
    expect(ofHttp({ EnableIamAuthorizer: { Ref: 'A' }, DefaultAuthorizer: 'AWS_IAM' })).toBe(UNKNOWN);
    expect(ofHttp({}, { Auth: { Authorizer: { Ref: 'A' } } })).toBe(UNKNOWN);
    expect(ofHttp({ DefaultAuthorizer: { Ref: 'AWS::NoValue' } })).toBeUndefined();
  });

  test('an API elsewhere, or a definition that a transform makes, is opaque', () => {
    const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/key' } } };
    expect(restApi({ Api: rest({ DefinitionBody: include, Cors: "'*'" }) }).form).toBe('opaque');
    expect(restApi({ Api: rest({ DefinitionUri: 's3://bucket/key' }) }).form).toBe('opaque');
    expect(
      modelOfTemplate(sam({ Fn: fn({ A: event('/a', 'get', { RestApiId: { Ref: 'Parameter' } }) }) })).restApis,
    ).toEqual([]);
  });
});

describe('routes under a condition', () => {
  test('are read as if it held', () => {
    const api = restApi({ Api: rest(), Fn: fn({ A: event('/a', 'get') }, {}, { Condition: 'IsProd' }) });
    expect(method(api, 'GET /a').integration).toMatchObject({ lambda: { function: { logicalId: 'Fn' } } });
  });
});

describe('an operation without authorizer or key by a word of SAM', () => {
  test('is open, and no scheme is missing', () => {
    const auth = { Authorizers: { A: { UserPoolArn: 'arn' } }, DefaultAuthorizer: 'A', ApiKeyRequired: true };
    const open = event('/a', 'get', { Auth: { Authorizer: 'NONE', ApiKeyRequired: false } });
    const api = restApi({ Api: rest({ Auth: auth }), Fn: fn({ A: open, B: event('/b', 'get') }) });
    expect(method(api, 'GET /a')).toMatchObject({ authorizationType: 'NONE', apiKeyRequired: false });
    expect(method(api, 'GET /b')).toMatchObject({ authorizationType: 'COGNITO_USER_POOLS', apiKeyRequired: true });
    expect(api.securityGaps).toEqual([]);
  });
});

describe('MergeDefinitions', () => {
  test('adds to the definition what the events say, ANY included', () => {
    const body = {
      swagger: '2.0',
      paths: {
        '/a': { get: { operationId: 'list' } },
        '/b': { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } },
      },
    };
    const api = restApi({
      Api: rest({ DefinitionBody: body, MergeDefinitions: true }),
      Fn: fn({ A: event('/a', 'get'), C: event('/c', 'any') }),
    });
    expect(api.methods.map(({ httpMethod, path }) => `${String(httpMethod)} ${path}`)).toEqual([
      'GET /a',
      'GET /b',
      'ANY /c',
    ]);
    expect(method(api, 'GET /a')).toMatchObject({ operationId: 'list', integration: { type: 'AWS_PROXY' } });
  });
});

describe('an API that somebody wrote under the id of an implicit one', () => {
  test('is kept as long as all events name it', () => {
    const Own = rest({ Name: 'own' });
    const named = event('/a', 'get', { RestApiId: { Ref: 'ServerlessRestApi' } });
    const bare = { Path: '/a', Method: 'get' };
    const nameOf = (Event: Loose) => restApi({ ServerlessRestApi: Own, Fn: fn({ A: Event }) }).name;
    expect(nameOf(named)).toBe('own');
    expect(nameOf({ Type: 'Api', Properties: bare })).toBe(UNKNOWN);
  });
});
