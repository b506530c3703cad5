import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as ts from 'typescript';
import * as library from '../../lib';
import {
  AuthorizerType,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  IntegrationType,
  type IRestIntegrationContext,
  RestAuthorizer,
  type RestAuthorizerConfig,
  RestGateway,
  RestIntegration,
  type RestIntegrationConfig,
  type RestRouteOptions,
  WebAcl,
} from '../../lib';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { assemblyIn } from '../support/assembly';

const ROOT = join(__dirname, '..', '..');
const { MOCK, AWS, AWS_PROXY } = IntegrationType;

class Custom extends RestIntegration {
  constructor(private readonly make: (context: IRestIntegrationContext) => RestIntegrationConfig) {
    super();
  }
  public bind(context: IRestIntegrationContext) {
    return this.make(context);
  }
}

class Rule extends RestAuthorizer {
  constructor(private readonly config: RestAuthorizerConfig) {
    super();
  }
  public bind() {
    return this.config;
  }
}

function rest(route: Omit<RestRouteOptions, 'integration'> & { integration?: RestIntegration }, more: object = {}) {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const api = new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes: {},
    ...more,
  });
  api.addRoute('GET /x/{id}', { integration: RestIntegration.mock(), ...route });
  const read = () => {
    const template = templateOf(stack);
    const body = resource(template, 'AWS::ApiGateway::RestApi').Properties.Body;
    return { template, body, operation: body.paths['/x/{id}'].get };
  };
  return { stack, api, read };
}

describe('what the library does for its own, it does for what comes from outside', () => {
  const service = new Custom((context) => ({
    type: AWS,
    uri: 'arn:aws:apigateway:eu-west-1:comprehend:action/DetectSentiment',
    credentials: context.grantService('comprehend', [
      { actions: ['comprehend:DetectSentiment'], resources: ['arn:aws:comprehend:eu-west-1:111122223333:x'] },
    ]),
    requestParameters: { 'integration.request.header.X-Amz-Target': 'method.request.header.X-Target' },
    requestTemplates: { 'application/json': '{"tenant":"$stageVariables.tenant"}' },
    templateParameters: ['method.request.querystring.lang'],
    responses: [
      { statusCode: 200, statusOverrides: [409] },
      { selectionPattern: '5\\d{2}', statusCode: 502 },
    ],
  }));
  const stages = { prod: { variables: { tenant: 'a' } } };

  test('what is read is declared, and is in the key of the cache', () => {
    const { operation } = rest(
      { integration: service, cache: { perCaller: false } },
      {
        stages: { prod: { ...stages.prod, cache: {} } },
      },
    ).read();
    const declared = operation.parameters.map((one: Json) => `${one.in} ${one.name}`);
    expect(declared.sort()).toEqual(['header X-Target', 'path id', 'query lang']);
    expect(operation['x-amazon-apigateway-integration'].cacheKeyParameters).toEqual([
      'method.request.header.X-Target',
      'method.request.path.id',
      'method.request.querystring.lang',
    ]);
  });

  test('every answer has the CORS headers, those that templates make too', () => {
    const cors = { allowOrigins: ['https://app.example.com'] };
    const { operation } = rest({ integration: service }, { stages, cors }).read();
    const { responses } = operation['x-amazon-apigateway-integration'];
    for (const key of ['default', '5\\d{2}'])
      expect(responses[key].responseParameters).toMatchObject({
        'method.response.header.Access-Control-Allow-Origin': "'https://app.example.com'",
      });
    expect(Object.keys(operation.responses)).toEqual(['200', '409', '502']);
    for (const status of ['200', '409', '502'])
      expect(operation.responses[status].headers).toHaveProperty('Access-Control-Allow-Origin');
  });

  test('a stage that lacks a variable is an error', () => {
    expect(rest({ integration: service }).read).toThrow('has no variable "tenant", which route "GET /x/{id}" reads');
  });

  test('the role may do what was asked for, and nothing else', () => {
    const { template } = rest({ integration: service }, { stages }).read();
    const { Statement } = resource(template, 'AWS::IAM::ManagedPolicy', /^ApiServices/).Properties.PolicyDocument;
    expect(Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'comprehend:DetectSentiment',
        Resource: 'arn:aws:comprehend:eu-west-1:111122223333:x',
      },
    ]);
  });

  test('a function is permitted for the route', () => {
    const { stack, api, read } = rest({});
    const handler = fn(stack, 'Handler');
    const integration = new Custom((context) => ({ type: AWS_PROXY, uri: context.invocationUri(handler) }));
    api.addRoute('POST /y', { integration });
    const { template, body } = read();
    expect(JSON.stringify(resource(template, 'AWS::Lambda::Permission').Properties.SourceArn)).toContain(
      '/prod/POST/y',
    );
    expect(body.paths['/y'].post['x-amazon-apigateway-integration']).toEqual(
      (() => {
        const plain = rest({});
        plain.api.addRoute('POST /y', { integration: RestIntegration.lambda(fn(plain.stack, 'Handler')) });
        return plain.read().body.paths['/y'].post['x-amazon-apigateway-integration'];
      })(),
    );
  });

  test('the function of an authorizer is permitted, and its callers are in the key of the cache', () => {
    const { stack, api, read } = rest({}, { stages: { prod: { cache: {} } } });
    const authorizer = new Rule({
      type: AuthorizerType.REQUEST,
      authorizerName: 'partners',
      handler: fn(stack, 'Decide'),
      identitySources: ['method.request.header.X-Partner'],
    });
    api.addRoute('GET /y', { integration: RestIntegration.mock(), authorizer, cache: {} });
    const { template, body } = read();
    expect(ids(template, 'AWS::Lambda::Permission')).toHaveLength(1);
    expect(body.paths['/y'].get['x-amazon-apigateway-integration'].cacheKeyParameters).toEqual([
      'method.request.header.X-Partner',
    ]);
    expect(body.components.securitySchemes.partners['x-amazon-apigateway-authorizer']).toMatchObject({
      type: 'request',
      authorizerResultTtlInSeconds: Duration.minutes(5).toSeconds(),
    });
  });

  test('a route that nobody guards is open by its reason, and none that IAM guards', () => {
    const authorizer = new Rule({ type: AuthorizerType.NONE, reason: 'a probe of mine' });
    const { stack, api, read } = rest({ authorizer });
    const { operation } = read();
    expect(operation.security).toBeUndefined();
    const acknowledged = JSON.stringify(api.cfnApi.node.metadata.map(({ data }) => data as unknown));
    expect(acknowledged).toContain('a probe of mine');
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    expect(() => api.grantExecute(role, { routes: ['GET /x/{id}'] })).toThrow('for which an IAM policy has no effect');
  });

  test('an operation of a document is scoped by it', () => {
    const stack = new Stack(testApp(), 'Stack');
    class Staff extends HttpAuthorizer {
      public bind() {
        const audience = ['a'];
        return { type: AuthorizerType.JWT, authorizerName: 'staff', issuer: 'https://login.example.com/', audience };
      }
    }
    const operation = { security: [{ oidc: ['read'] }], responses: { '200': { description: 'OK' } } };
    HttpGateway.fromOpenApi(stack, 'Api', {
      definition: library.OpenApiDefinition.fromObject({
        openapi: '3.0.1',
        info: { title: 'x', version: '1' },
        paths: { '/x': { get: operation } },
        components: { securitySchemes: { oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://x.example.com' } } },
      }),
      defaultIntegration: HttpIntegration.http('https://example.com/'),
      authorizers: { oidc: new Staff() },
    });
    const { Body } = resource(templateOf(stack), 'AWS::ApiGatewayV2::Api').Properties;
    expect(Body.paths['/x'].get.security).toEqual([{ staff: ['read'] }]);
  });
});

describe('whoever makes the class', () => {
  const config = { type: MOCK, responses: [{ statusCode: 418 }] };
  const status = (integration: RestIntegration) => Object.keys(rest({ integration }).read().operation.responses);

  test('another language: an instance of the abstract class whose bind is a member of its own', () => {
    const made = new (RestIntegration as unknown as new () => RestIntegration)();
    expect(status(Object.defineProperty(made, 'bind', { value: () => config }))).toEqual(['418']);
    const missing = new (RestIntegration as unknown as new () => RestIntegration)();
    expect(() => rest({ integration: missing })).toThrow('RestIntegration.bind: is missing; write it');
  });

  test('a second copy of the library', () => {
    jest.isolateModules(() => {
      const other = require('../../lib') as typeof library;
      expect(other.RestIntegration).not.toBe(RestIntegration);
      expect(status(other.RestIntegration.mock({ statusCode: 418 }))).toEqual(['418']);
      class Theirs extends other.RestIntegration {
        public bind() {
          return config;
        }
      }
      expect(status(new Theirs())).toEqual(['418']);
      expect(() => rest({ integration: other.HttpIntegration.http('https://x.example.com') as never })).toThrow(
        'its integration is a HttpIntegration, which REST APIs do not accept',
      );
    });
  });

  test('JavaScript, against the library as it is exported', () => {
    const code = `
      class Teapot extends library.RestIntegration {
        bind(context) {
          return { type: 'MOCK', responses: [{ statusCode: 418, templates: { 'text/plain': context.routeKey } }] };
        }
      }
      return new Teapot();`;
    const { operation } = rest({ integration: new Function('library', code)(library) as RestIntegration }).read();
    expect(operation['x-amazon-apigateway-integration'].responses.default.responseTemplates).toEqual({
      'text/plain': 'GET /x/{id}',
    });
  });

  test('TypeScript, against the declarations that are published', () => {
    const source = join(ROOT, 'examples/http-extensions/receive-messages.ts');
    const text = readFileSync(source, 'utf8');
    expect(text).toContain("from '../../lib'");
    const host = ts.createCompilerHost({});
    // Without the sources of the library, its name leads to its declarations.
    const exists = host.fileExists.bind(host);
    host.fileExists = (file) => !(/\/lib\/.*(?<!\.d)\.ts$/.test(file) && file.startsWith(ROOT)) && exists(file);
    const options = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules/@types')],
    };
    const program = ts.createProgram([source], options, host);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(problems).toEqual([]);
    const read = program.getSourceFiles().map(({ fileName }) => fileName);
    expect(read).toContain(join(ROOT, 'lib/http/integration.d.ts'));
    expect(read).not.toContain(join(ROOT, 'lib/http/integration.ts'));
  });
});

test('in the assembly, from which other languages are generated, bind is there to be overridden', () => {
  const { types } = assemblyIn(ROOT) as Json;
  for (const kind of ['Rest', 'Http', 'WebSocket']) {
    for (const what of ['Integration', 'Authorizer']) {
      const { abstract, initializer, methods } = types[`cdk-apigateway-constructs.${kind}${what}`];
      expect([kind, what, abstract, initializer?.parameters]).toEqual([kind, what, true, undefined]);
      expect(initializer).toBeDefined();
      expect(initializer.protected).toBeUndefined();
      const bind = methods.find(({ name }: Json) => name === 'bind');
      const context = what === 'Authorizer' ? 'IAuthorizerContext' : `I${kind}IntegrationContext`;
      expect(bind.abstract).toBe(true);
      expect(bind.protected).toBeUndefined();
      expect(bind.returns.type.fqn).toBe(`cdk-apigateway-constructs.${kind}${what}Config`);
      expect(bind.parameters[0].type.fqn).toBe(`cdk-apigateway-constructs.${context}`);
      // What goes by value holds no functions; what has methods goes by reference.
      expect(types[`cdk-apigateway-constructs.${kind}${what}Config`].datatype).toBe(true);
      expect(types[`cdk-apigateway-constructs.${context}`].datatype).toBeUndefined();
    }
  }
});
