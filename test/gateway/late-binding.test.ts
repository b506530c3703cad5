import { Duration, Stack } from 'aws-cdk-lib';
import { type CfnFunction, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  LambdaCanary,
  RestAuthorizer,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  StageCanary,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { findings } from '../checks/support';
import { circleIn } from '../support/cycles';
import { bodyOf, fn, ids, type Json, templateOf, testApp } from '../support/stacks';

const env = { account: '111111111111', region: 'eu-west-1' };
const newStack = () => new Stack(testApp(), 'Stack', { env });

function rest(stack: Stack, props: Partial<RestGatewayProps>): RestGateway {
  return new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    ...props,
  });
}

const authorizerUri = (body: Json, name: string): string =>
  JSON.stringify(body.components.securitySchemes[name]['x-amazon-apigateway-authorizer'].authorizerUri);

describe('the function of an authorizer that is told of its API', () => {
  test.each([
    ['token', (f: Function) => RestAuthorizer.lambdaToken(f)],
    ['request', (f: Function) => RestAuthorizer.lambda(f, { identitySources: ['context.identity.sourceIp'] })],
  ])('is bound by a stage variable in a REST API (%s)', (_, authorizerOf) => {
    const stack = newStack();
    const f = fn(stack, 'Decide');
    const api = rest(stack, {
      routes: { 'GET /': { integration: RestIntegration.mock(), authorizer: authorizerOf(f) } },
    });
    f.addEnvironment('API', api.apiId);
    const template = templateOf(stack);
    expect(circleIn(template)).toBeUndefined();
    expect(authorizerUri(bodyOf(stack), 'lambda-Decide')).toMatch(
      /function:\$\{!stageVariables\.function_Decide_\w{8}\}\/invocations/,
    );
    const [permission] = ids(template, 'AWS::Lambda::Permission').map((id) => template.Resources[id].Properties);
    expect(JSON.stringify(permission.SourceArn)).toContain('/authorizers/*');
  });

  const http = (stack: Stack, f: Function) =>
    new HttpGateway(stack, 'Api', {
      routes: {
        'GET /': { integration: HttpIntegration.http('https://example.com'), authorizer: HttpAuthorizer.lambda(f) },
      },
    });

  test('goes by its own name in an HTTP API', () => {
    const stack = newStack();
    const f = new Function(stack, 'Decide', {
      functionName: 'decide',
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('//'),
    });
    const api = http(stack, f);
    f.addEnvironment('API', api.apiId);
    expect(circleIn(templateOf(stack))).toBeUndefined();
    const template = templateOf(stack);
    const [id] = ids(template, 'AWS::ApiGatewayV2::Api');
    expect(authorizerUri(template.Resources[id].Properties.Body, 'lambda-Decide')).toContain(
      ':lambda:eu-west-1:111111111111:function:decide/invocations',
    );
  });

  test('is an error in an HTTP API, where it has no name', () => {
    const stack = newStack();
    const f = fn(stack, 'Decide');
    const api = http(stack, f);
    f.addEnvironment('API', api.apiId);
    expect(() => templateOf(stack)).toThrow(
      `HttpGateway 'Api': the function "Decide" of an authorizer depends on the API that calls it (Decide → Api), and nothing but its ` +
        'name can stand for it in the document of an HTTP API; give the function a functionName, or have it read id, domain and stage',
    );
  });

  test('may be told in a WebSocket API', () => {
    const stack = newStack();
    const f = fn(stack, 'Decide');
    const api = new WebSocketGateway(stack, 'Api', {
      defaultAuthorizer: WebSocketAuthorizer.lambda(f),
      routes: { $connect: { integration: WebSocketIntegration.mock() } },
    });
    f.addEnvironment('URL', api.url);
    api.grantManageConnections(f);
    expect(circleIn(templateOf(stack))).toBeUndefined();
  });
});

test('under a stage canary, which shares the variables of the stage, it is an error', () => {
  const stack = newStack();
  const f = fn(stack, 'Orders');
  const api = rest(stack, {
    routes: { 'GET /': { integration: RestIntegration.lambda(f.currentVersion) } },
    stages: { prod: { canary: StageCanary.of({ percent: 10 }) } },
  });
  f.addEnvironment('API', api.apiId);
  expect(() => templateOf(stack)).toThrow(
    /RestGateway 'Api': .*depends on the API that calls it \(Orders.* → Api\), and no stage variable can stand for it: a stage has a canary, whose two deployments share the variables of the stage; have it read/,
  );
});

test('behind an alias that CodeDeploy shifts, the alias stays in the document', () => {
  const stack = newStack();
  const f = fn(stack, 'Orders');
  const canary = LambdaCanary.canary(10, Duration.minutes(5));
  const api = rest(stack, { routes: { 'GET /': { integration: RestIntegration.lambda(f, { canary }) } } });
  f.addEnvironment('API', api.url);
  expect(circleIn(templateOf(stack))).toBeUndefined();
  expect(JSON.stringify(bodyOf(stack).paths['/'])).toMatch(
    /function:\$\{!stageVariables\.function_Orders_\w{8}\}:live\/invocations/,
  );
});

test('a deployment is of the document: what a function is told changes nothing, that it is told does', () => {
  const deploymentOf = (told: (api: RestGateway, f: Function) => void) => {
    const stack = newStack();
    const f = fn(stack, 'Orders');
    told(rest(stack, { routes: { 'GET /': { integration: RestIntegration.lambda(f) } } }), f);
    return ids(templateOf(stack), 'AWS::ApiGateway::Deployment')[0];
  };
  const byId = deploymentOf((api, f) => f.addEnvironment('API', api.apiId));
  expect(deploymentOf((api, f) => f.addEnvironment('URL', api.url))).toBe(byId);
  expect(deploymentOf((api, f) => api.grantExecute(f))).toBe(byId);
  expect(deploymentOf(() => {})).not.toBe(byId);
});

test('only the functions that are told are bound so, and each by its place in the tree', () => {
  const stack = newStack();
  const [one, two, three] = ['One', 'Two', 'Three'].map((id) => fn(stack, id));
  const api = rest(stack, {
    routes: {
      'GET /1': { integration: RestIntegration.lambda(one) },
      'GET /2': { integration: RestIntegration.lambda(two) },
      'GET /3': { integration: RestIntegration.lambda(three) },
      'GET /4': {
        integration: RestIntegration.lambdaCustom(one, {
          requestTemplates: { 'application/json': '{}' },
          responses: [{ statusCode: 200 }],
        }),
      },
    },
  });
  for (const f of [one, three])
    (f.node.defaultChild as CfnFunction).addPropertyOverride('Tags', [{ Key: 'api', Value: api.apiId }]);
  const template = templateOf(stack);
  const [stage] = ids(template, 'AWS::ApiGateway::Stage').map((id) => template.Resources[id].Properties);
  expect(Object.keys(stage.Variables)).toEqual([
    expect.stringMatching(/^function_One_/),
    expect.stringMatching(/^function_Three_/),
  ]);
  expect(circleIn(template)).toBeUndefined();
  // The web ACL is acknowledged in the gateway, which a template alone does not tell.
  const found = findings(template).filter(({ severity, id }) => severity !== 'info' && id !== 'REST-WAF1');
  expect(found).toEqual([]);
});
