import { readModel } from '../../lib/template/reader/read';
import { type HttpApi, type V2Integration, type V2Route } from '../../lib/template/model/model';
import { isKnown, UNKNOWN } from '../../lib/template/model/value';
import { att, modelOf, ref, resource, source } from './source-of';
import { v2Resources } from './v2-resources';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const id = (logicalId: string) => ({ template: 'app.json', logicalId });
const model = modelOf(v2Resources, { Parameters: { Env: { Type: 'String' } } });
const apiNamed = (name: string): HttpApi => model.httpApis.find((api) => api.name === name) as HttpApi;
const api = apiNamed('orders');
const route = (logicalId: string, of = api): V2Route =>
  of.routes.find(({ location }) => location.logicalId === logicalId) as V2Route;
const integration = (logicalId: string): V2Integration =>
  api.integrations.find(({ location }) => location.logicalId === logicalId) as V2Integration;

describe('an HTTP API of resources', () => {
  test('has the settings of the API', () => {
    expect(api).toMatchObject({
      kind: 'http',
      form: 'resources',
      name: 'orders',
      protocolType: 'HTTP',
      ipAddressType: 'dualstack',
      disableExecuteApiEndpoint: true,
      failOnWarnings: true,
      routeSelectionExpression: '${request.method} ${request.path}',
      corsConfiguration: {
        location: { logicalId: 'Http', path: ['Properties', 'CorsConfiguration'] },
        allowOrigins: ['https://app.example.com'],
        allowMethods: ['GET'],
        allowHeaders: ['authorization'],
        exposeHeaders: ['etag'],
        allowCredentials: true,
        maxAge: 600,
      },
    });
  });

  test('has its routes, with authorizer and integration', () => {
    expect(api.routes.map(({ location }) => location.logicalId)).toEqual(['List', 'Any', 'Rest', 'Odd', 'Bare']);
    expect(route('List')).toMatchObject({
      routeKey: 'GET /orders/{id}',
      httpMethod: 'GET',
      path: '/orders/{id}',
      operationId: 'list',
      authorizationType: 'JWT',
      scopes: ['read'],
      apiKeyRequired: false,
      target: 'integrations/<Proxy>',
      conditional: false,
    });
    expect(route('List').authorizer).toBe(api.authorizers[0]);
    expect(route('List').integration).toBe(integration('Proxy'));
    expect(route('Any')).toMatchObject({ httpMethod: 'ANY', path: '/{proxy+}', authorizationType: 'CUSTOM' });
    expect(route('Rest')).toMatchObject({ routeKey: '$default', authorizationType: 'AWS_IAM' });
    expect(route('Rest')).not.toHaveProperty('path');
    expect(route('Odd')).toMatchObject({
      routeKey: UNKNOWN,
      httpMethod: 'GET',
      path: '/<Env>',
      authorizationType: undefined,
      authorizer: UNKNOWN,
      integration: UNKNOWN,
      conditional: true,
    });
    expect(route('Bare')).toMatchObject({ target: undefined, integration: undefined, authorizer: undefined });
  });

  test('has its integrations', () => {
    expect(integration('Proxy')).toMatchObject({
      type: 'AWS_PROXY',
      httpMethod: 'POST',
      uri: '<Fn.Arn>',
      lambda: { text: '<Fn.Arn>', function: id('Fn') },
      payloadFormatVersion: '2.0',
      timeoutInMillis: 5000,
      credentials: '<Role.Arn>',
      requestParameters: { 'append:header.x': '$request.header.y' },
      responseParameters: { '200': { 'overwrite:header.a': '1' } },
    });
    expect(integration('Proxy').tls).toBeUndefined();
    expect(integration('Private')).toMatchObject({
      connectionType: 'VPC_LINK',
      connectionId: '<Link>',
      targetType: 'network',
      tls: { serverNameToVerify: 'orders.internal' },
      lambda: undefined,
    });
    expect(integration('Discovered').cloudMapService).toEqual(id('Service'));
    expect(integration('Queue')).toMatchObject({
      subtype: 'SQS-SendMessage',
      requestParameters: { QueueUrl: 'https://sqs' },
      lambda: undefined,
    });
  });

  test('has its authorizers', () => {
    expect(api.authorizers).toMatchObject([
      {
        key: 'Jwt',
        name: 'users',
        type: 'JWT',
        identitySource: ['$request.header.Authorization'],
        jwt: { issuer: 'https://issuer.example.com', audience: ['web', '<Client>'] },
        lambda: undefined,
      },
      {
        key: 'Lambda',
        type: 'REQUEST',
        credentials: '<Role.Arn>',
        payloadFormatVersion: '2.0',
        resultTtlInSeconds: 60,
        enableSimpleResponses: true,
        identitySource: ['$request.header.X', '$context.routeKey'],
        identityValidationExpression: '.*',
        lambda: { function: id('Fn') },
      },
    ]);
  });

  test('has its stages and deployments', () => {
    const [automatic, settled] = api.stages;
    expect(automatic).toMatchObject({
      stageName: '$default',
      autoDeploy: true,
      deployment: undefined,
      variables: { table: 'orders', other: UNKNOWN },
      accessLog: { destination: '<Log.Arn>', format: '$context.requestId', logGroup: { retentionInDays: 7 } },
      defaultRouteSettings: {
        metricsEnabled: true,
        throttlingRateLimit: 10,
        throttlingBurstLimit: 5,
        loggingLevel: 'INFO',
        dataTraceEnabled: false,
      },
      routeSettings: [
        {
          routeKey: 'GET /orders/{id}',
          throttlingRateLimit: 1,
          location: { path: ['Properties', 'RouteSettings', 'GET /orders/{id}'] },
        },
      ],
      dependsOn: [id('List')],
    });
    expect(automatic.reaches(id('Proxy'))).toBe(true);
    expect(automatic.reaches(id('Any'))).toBe(false);
    expect(settled).toMatchObject({ deployment: id('Deployment'), routeSettings: UNKNOWN, autoDeploy: undefined });
    expect(api.deployments).toMatchObject([{ description: 'first', stageName: 'settled', dependsOn: [id('List')] }]);
    expect(api.deployments[0].reaches(id('Jwt'))).toBe(true);
    expect(model.detachedV2Stages).toMatchObject([{ stageName: 'lost' }]);
  });

  test('made out of a target has the route and the stage that the service makes', () => {
    const quick = apiNamed('quick');
    expect(quick).toMatchObject({
      form: 'resources',
      quickCreate: { target: '<Fn.Arn>', credentials: '<Role.Arn>', location: { path: ['Properties', 'Target'] } },
      routes: [
        {
          routeKey: '$default',
          implicit: true,
          authorizationType: 'AWS_IAM',
          integration: { type: 'AWS_PROXY', lambda: { function: id('Fn') } },
        },
      ],
      stages: [{ stageName: '$default', autoDeploy: true, implicit: true, accessLog: { format: 'x' } }],
    });
    const [plain] = modelOf({
      Api: resource('AWS::ApiGatewayV2::Api', {
        ProtocolType: 'HTTP',
        Target: 'https://x.example',
        RouteKey: 'GET /x',
      }),
    }).httpApis;
    expect(plain.routes).toMatchObject([
      { routeKey: 'GET /x', path: '/x', authorizationType: undefined, integration: { type: 'HTTP_PROXY' } },
    ]);
    expect(plain.stages).toMatchObject([{ stageName: '$default', location: { path: ['Properties', 'Target'] } }]);
  });

  test('may have its parts in a nested stack', () => {
    const parent = source({
      Resources: {
        Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
        Nested: resource('AWS::CloudFormation::Stack', { Parameters: { Api: ref('Api') } }),
      },
    });
    const parts = {
      Route: resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Api'), RouteKey: 'GET /', Target: ref('Integration') }),
      Integration: resource('AWS::ApiGatewayV2::Integration', { ApiId: ref('Api') }),
    };
    const nested = source(
      { Parameters: { Api: { Type: 'String' } }, Resources: parts },
      { file: 'nested.json', parent: { file: 'app.json', logicalId: 'Nested' } },
    );
    const [found] = readModel([parent, nested]).httpApis;
    expect(found.routes).toMatchObject([
      { path: '/', integration: { location: { template: 'nested.json', logicalId: 'Integration' } } },
    ]);
  });
});

describe('the kind of a V2 API', () => {
  const kindOf = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => {
    const found = modelOf(
      { Api: resource('AWS::ApiGatewayV2::Api', properties), ...more },
      { Parameters: { P: { Type: 'String' } } },
    );
    return [...found.httpApis, ...found.webSocketApis].map(({ kind }) => kind)[0];
  };
  const routed = (RouteKey: string) => ({
    Route: resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Api'), RouteKey }),
  });

  test('is what the protocol says, else what tells it', () => {
    expect(kindOf({ ProtocolType: 'WEBSOCKET' })).toBe('websocket');
    expect(kindOf({ ProtocolType: 'HTTP' })).toBe('http');
    expect(kindOf({})).toBe('http');
    expect(kindOf({ ProtocolType: ref('P') })).toBeUndefined();
    expect(kindOf({ ProtocolType: ref('P'), Body: {} })).toBe('http');
    expect(kindOf({ ProtocolType: ref('P') }, routed('GET /x'))).toBe('http');
    expect(kindOf({ ProtocolType: ref('P') }, routed('$connect'))).toBe('websocket');
  });

  test('that cannot be told leaves its stages on their own', () => {
    const found = modelOf(
      {
        Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: ref('P') }),
        Stage: resource('AWS::ApiGatewayV2::Stage', { ApiId: ref('Api'), StageName: 'x' }),
      },
      { Parameters: { P: { Type: 'String' } } },
    );
    expect(found.detachedV2Stages).toMatchObject([{ stageName: 'x' }]);
  });
});

describe('many routes', () => {
  function resources(count: number): Record<string, unknown> {
    const all: Record<string, unknown> = {
      Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
      Fn: resource('AWS::Lambda::Function'),
      I: resource('AWS::ApiGatewayV2::Integration', {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: att('Fn', 'Arn'),
      }),
    };
    for (let at = 0; at < count; at++) {
      const Target = { 'Fn::Join': ['/', ['integrations', ref('I')]] };
      all[`R${at}`] = resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Api'), RouteKey: `GET /r${at}`, Target });
    }
    return all;
  }

  /** Reads of properties of the template, whose number no machine changes. */
  function looks(count: number): number {
    let reads = 0;
    const counted = <T>(value: T): T =>
      typeof value !== 'object' || value === null
        ? value
        : (new Proxy(value as object, {
            get(target, key, receiver) {
              reads++;
              return counted(Reflect.get(target, key, receiver) as unknown);
            },
          }) as T);
    const [found] = readModel([source({ Resources: counted(resources(count)) })]).httpApis;
    expect(found.routes).toHaveLength(count);
    expect(found.routes.every((one) => isKnown(one.integration) && one.integration.lambda?.function)).toBe(true);
    return reads;
  }

  test('cost one look each: the work grows with the routes, and no faster', () => {
    const [few, many] = [looks(250), looks(1000)];
    expect(few).toBeGreaterThan(250);
    expect(many).toBeLessThan(few * 4.2);
  });
});
