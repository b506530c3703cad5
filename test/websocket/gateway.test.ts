import { Stack, Token } from 'aws-cdk-lib';
import { IpAddressType } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alias, Function } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib';
import { JsonSchema, WebSocketAuthorizer, WebSocketGateway, WebSocketIntegration } from '../../lib';
import { fn, ids, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';
import { all, connect, gateway, mock, routeIn } from './support';

const schema = JsonSchema.fromObject({ type: 'object', required: ['text'] }, { modelName: 'Text' });

describe('the API', () => {
  test('is a WebSocket API that routes by the action of a message', () => {
    const [api] = all(templateOf(gateway().stack), 'Api');
    expect(api).toEqual({
      Name: 'Api',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
      DisableExecuteApiEndpoint: false,
    });
  });

  test('takes what it is told', () => {
    const [api] = all(
      templateOf(
        gateway({
          apiName: 'chat',
          description: 'Chat of the shop',
          routeSelectionExpression: '${request.body.service}/${request.body.action}',
          ipAddressType: IpAddressType.DUAL_STACK,
          disableExecuteApiEndpoint: true,
          disableSchemaValidation: true,
        }).stack,
      ),
      'Api',
    );
    expect(api).toMatchObject({
      Name: 'chat',
      Description: 'Chat of the shop',
      RouteSelectionExpression: '${request.body.service}/${request.body.action}',
      IpAddressType: 'dualstack',
      DisableExecuteApiEndpoint: true,
      DisableSchemaValidation: true,
    });
  });

  test('is known by its URLs, and as an import', () => {
    const { stack, api } = gateway({ stages: { dev: {}, prod: { stageName: 'live' } } });
    const id = stack.resolve(api.apiId);
    expect(deployed(stack.resolve(api.urlForStage('dev')))).toMatch(
      /^wss:\/\/Api\w+\.execute-api\.eu-west-1\.AWS::URLSuffix\/ApiStagedev\w+$/,
    );
    expect(deployed(stack.resolve(api.callbackUrl('prod')))).toMatch(
      /^https:\/\/Api\w+\.execute-api\.eu-west-1\.AWS::URLSuffix\/live$/,
    );
    expect(() => api.url).toThrow(/url is of the only stage, and there are 2; use urlForStage\('dev'\)/);
    expect(() => api.callbackUrl()).toThrow(/callbackUrl\(\) is of the only stage, .* use callbackUrl\('dev'\)/);
    expect(stack.resolve(api.api.apiId)).toEqual(id);
    expect(api.api).toBe(api.api);
    expect(stack.resolve(api.stage('prod').stageName)).toEqual(stack.resolve(api.cfnStage('prod').ref));
    expect(api.stage('prod')).toBe(api.stage('prod'));
    expect(Object.keys(templateOf(stack).Outputs)).toHaveLength(2);
  });

  test('of one stage needs no name of it', () => {
    const { stack, api } = gateway();
    expect(stack.resolve(api.url)).toEqual(stack.resolve(api.urlForStage('prod')));
    expect(stack.resolve(api.callbackUrl())).toEqual(stack.resolve(api.callbackUrl('prod')));
  });
});

describe('routes', () => {
  test('one integration for each function, whatever the number of routes', () => {
    const { stack, api } = gateway({ routes: {} });
    const handler = fn(stack, 'Handler');
    for (const key of ['$connect', '$disconnect', '$default', 'join', 'chat/leave'])
      api.addRoute(key, { integration: WebSocketIntegration.lambda(handler) });
    api.addRoute('slow', { integration: WebSocketIntegration.lambda(handler, { timeout: Duration.seconds(3) }) });
    const template = templateOf(stack);
    expect(all(template, 'Integration').map(({ TimeoutInMillis }) => TimeoutInMillis)).toEqual([undefined, 3000]);
    expect(all(template, 'Integration')[0]).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      IntegrationMethod: 'POST',
      IntegrationUri: expect.stringMatching(
        /^arn:aws:apigateway:eu-west-1:lambda:path\/2015-03-31\/functions\/Handler\w+\.Arn\/invocations$/,
      ),
    });
    expect(all(template, 'Route').map(({ RouteKey }) => RouteKey)).toHaveLength(6);
    expect(ids(template, 'AWS::Lambda::Permission')).toHaveLength(1);
  });

  test('answer the client where they say so', () => {
    const { stack, api } = gateway();
    api.addRoute('ping', {
      integration: WebSocketIntegration.mock({ body: '{"pong":true}' }),
      returnResponse: true,
      operationName: 'Ping',
    });
    const template = templateOf(stack);
    expect(routeIn(template, 'ping')).toMatchObject({
      RouteResponseSelectionExpression: '$default',
      OperationName: 'Ping',
    });
    expect(routeIn(template, '$connect')).not.toHaveProperty('RouteResponseSelectionExpression');
    expect(all(template, 'RouteResponse')).toEqual([
      { ApiId: expect.any(String), RouteId: expect.stringMatching(/^ApiRouteping/), RouteResponseKey: '$default' },
    ]);
  });

  test('check messages by models, those with a name once', () => {
    const { stack, api } = gateway();
    api.addRoute('say', { integration: mock, request: { body: schema } });
    api.addRoute('shout', { integration: mock, request: { body: schema } });
    api.addRoute('move', {
      integration: mock,
      request: {
        bodies: { v1: JsonSchema.fromObject({ type: 'object' }), v2: JsonSchema.fromObject({ type: 'object' }) },
        body: schema,
        modelSelectionExpression: '$request.body.version',
      },
    });
    const template = templateOf(stack);
    expect(routeIn(template, 'say')).toMatchObject({
      ModelSelectionExpression: '\\$default',
      RequestModels: { $default: 'Text' },
    });
    expect(routeIn(template, 'shout').RequestModels).toEqual({ $default: 'Text' });
    expect(routeIn(template, 'move')).toMatchObject({
      ModelSelectionExpression: '$request.body.version',
      RequestModels: { $default: 'Text', v1: 'MoveMessageV1', v2: 'MoveMessageV2' },
    });
    expect(all(template, 'Model').map(({ Name }) => Name)).toEqual(['Text', 'MoveMessageV1', 'MoveMessageV2']);
    expect(all(template, 'Model')[0]).toMatchObject({
      ContentType: 'application/json',
      Schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', required: ['text'] },
    });
    // The model is named, not referred to: the route must wait for it.
    const [route] = ids(template, 'AWS::ApiGatewayV2::Route').filter((id) => id.startsWith('ApiRoutesay'));
    expect(template.Resources[route].DependsOn).toEqual([expect.stringMatching(/^ApiModelText/)]);
  });

  test('declare the query and headers of a request to connect', () => {
    const { stack } = gateway({
      routes: { $connect: { integration: mock, request: { query: { room: true }, headers: { Origin: false } } } },
    });
    expect(routeIn(templateOf(stack), '$connect').RequestParameters).toEqual({
      'route.request.header.Origin': { Required: false },
      'route.request.querystring.room': { Required: true },
    });
  });
});

test('functions, aliases and versions of other stacks make no cycle, and a function may be told where to send', () => {
  const app = testApp();
  const functions = new Stack(app, 'Functions');
  const handler = fn(functions, 'Handler');
  const alias = new Alias(functions, 'Live', { aliasName: 'live', version: handler.currentVersion });
  const { stack, api } = gateway({ routes: { $connect: connect } }, app);
  const own = fn(stack, 'Own');
  api.addRoute('alias', { integration: WebSocketIntegration.lambda(alias) });
  api.addRoute('imported', {
    integration: WebSocketIntegration.lambda(
      Function.fromFunctionArn(stack, 'Imported', 'arn:aws:lambda:eu-west-1:123456789012:function:other'),
    ),
  });
  api.addRoute('own', { integration: WebSocketIntegration.lambda(own) });
  own.addEnvironment('CALLBACK_URL', api.callbackUrl());
  api.grantManageConnections(own);
  const assembly = app.synth();
  expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual(['Functions', 'Stack']);
  expect(dependencyCycle(templateOf(stack))).toBeUndefined();
});

test('names and limits may be tokens', () => {
  const { stack } = gateway({
    apiName: Token.asString({ Ref: 'Name' }),
    stages: {
      prod: { stageName: Token.asString({ Ref: 'StageName' }), variables: { t: Token.asString({ Ref: 'T' }) } },
    },
  });
  const template = templateOf(stack);
  expect(all(template, 'Stage')[0]).toMatchObject({ StageName: 'StageName', StageVariables: { t: 'T' } });
});

test('two gateways stand in one stack', () => {
  const stack = new Stack(testApp(), 'Stack');
  const props = { defaultAuthorizer: WebSocketAuthorizer.iam(), routes: { $connect: connect } };
  new WebSocketGateway(stack, 'A', props);
  new WebSocketGateway(stack, 'B', props);
  expect(all(templateOf(stack), 'Api')).toHaveLength(2);
});

/** The ids of resources that wait for each other, as CloudFormation would say. */
function dependencyCycle(template: { Resources: Record<string, object> }): string[] | undefined {
  const next = new Map(
    Object.entries(template.Resources).map(([id, body]) => {
      const text = JSON.stringify(body);
      return [id, Object.keys(template.Resources).filter((other) => other !== id && text.includes(`"${other}"`))];
    }),
  );
  const done = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) return [...path, id];
    if (done.has(id)) return undefined;
    for (const other of next.get(id) ?? []) {
      const found = visit(other, [...path, id]);
      if (found) return found;
    }
    done.add(id);
    return undefined;
  };
  return [...next.keys()].map((id) => visit(id, [])).find(Boolean);
}
