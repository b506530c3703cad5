import { CfnResource, type App, CfnParameter, Stack, Tags } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Runtime, Code, Function } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { JsonSchema, RestAuthorizer, RestGateway, type RestGatewayProps, RestIntegration } from '../../lib';
import { fn, gateway, ids, resource, templateOf, testApp } from '../support/stacks';

/** The logical id of the only deployment; every stage must point to it. */
function deploymentOf(stack: Stack): string {
  const template = templateOf(stack);
  const [id, ...others] = ids(template, 'AWS::ApiGateway::Deployment');
  expect(others).toEqual([]);
  for (const stage of ids(template, 'AWS::ApiGateway::Stage')) {
    expect(template.Resources[stage].Properties.DeploymentId).toEqual({ Ref: id });
  }
  return id;
}

interface Built {
  readonly stack: Stack;
  readonly api: RestGateway;
  readonly fn: Function;
}

/** An API with a function, a pool and a model; `change` comes after it was made. */
function build(
  props: Partial<RestGatewayProps> = {},
  change?: (built: Built) => void,
  before?: (app: App) => void,
): string {
  const app = testApp();
  before?.(app);
  const stack = new Stack(app, 'Orders');
  const list = fn(stack, 'List');
  const api = new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.cognito({ userPools: [new UserPool(stack, 'Users')] }),
    cors: { allowOrigins: ['https://a.example.com'] },
    routes: {
      'GET /orders': { integration: RestIntegration.lambda(list) },
      'POST /orders': {
        integration: RestIntegration.lambda(list),
        request: { body: JsonSchema.fromObject({ type: 'object', required: ['sku'] }) },
      },
    },
    stages: { prod: {} },
    ...props,
  });
  change?.({ stack, api, fn: list });
  return deploymentOf(stack);
}

const base = build();
const mock = RestIntegration.mock();

describe('the deployment changes with everything that must be deployed', () => {
  test.each<[string, () => string]>([
    ['a route', () => build({}, ({ api }) => api.addRoute('GET /x', { integration: mock }))],
    ['a CORS origin', () => build({ cors: { allowOrigins: ['https://b.example.com'] } })],
    ['no CORS', () => build({ cors: undefined })],
    ['a gateway response', () => build({ gatewayResponses: { THROTTLED: { headers: { 'Retry-After': '1' } } } })],
    ['binary media types', () => build({ binaryMediaTypes: ['image/png'] })],
    ['the default endpoint', () => build({ disableExecuteApiEndpoint: true })],
    ['an authorizer', () => build({ defaultAuthorizer: RestAuthorizer.iam() })],
    [
      'an override inside of the Body',
      () => build({}, ({ api }) => api.cfnApi.addPropertyOverride('Body.paths./orders.get.summary', 'All')),
    ],
    [
      'an override beside the Body',
      () => build({}, ({ api }) => api.cfnApi.addPropertyOverride('BinaryMediaTypes', ['a/b'])),
    ],
    [
      'a deletion inside of the Body',
      () => build({}, ({ api }) => api.cfnApi.addPropertyDeletionOverride('Body.paths./orders.post')),
    ],
  ])('%s', (_, other) => {
    expect(other()).not.toBe(base);
  });

  test('the settings of an authorizer', () => {
    const withPool = (scopes?: string[]) => {
      const { stack } = gateway({}, testApp());
      const pool = new UserPool(stack, 'Pool');
      new RestGateway(stack, 'Other', {
        defaultAuthorizer: RestAuthorizer.cognito({ userPools: [pool], scopes }),
        routes: { 'GET /': { integration: mock } },
      });
      return ids(templateOf(stack), 'AWS::ApiGateway::Deployment').find((id) => id.startsWith('Other'));
    };
    expect(withPool(['a'])).not.toBe(withPool(['b']));
    expect(withPool(['a'])).toBe(withPool(['a']));
  });

  test('the code behind a version that a route is pinned to, also when the id was asked for before', () => {
    const pinned = (code: string, early: boolean) => {
      const stack = new Stack(testApp(), 'Orders');
      const list = new Function(stack, 'List', {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('1'),
      });
      const api = new RestGateway(stack, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        routes: { 'GET /': { integration: RestIntegration.lambda(list.currentVersion) } },
      });
      if (early) stack.resolve(api.cfnStage('prod').deploymentId);
      list.addEnvironment('CODE', code);
      return deploymentOf(stack);
    };
    expect(pinned('a', false)).not.toBe(pinned('b', false));
    expect(pinned('a', true)).toBe(pinned('a', false));
  });
});

describe('the deployment stays with everything else', () => {
  test.each<[string, () => string]>([
    ['the same app again', () => build()],
    [
      'an unrelated stack before',
      () => build({}, undefined, (app) => new Bucket(new Stack(app, 'Other'), 'Bucket', { bucketName: 'other' })),
    ],
    [
      'tokens made before',
      () => build({}, undefined, (app) => new CfnParameter(new Stack(app, 'Other'), 'P').valueAsString),
    ],
    ['another function in the stack', () => build({}, ({ stack }) => fn(stack, 'Another'))],
    ['a description', () => build({ description: 'Orders' })],
    ['a name', () => build({ apiName: 'orders' })],
    ['tags', () => build({}, ({ api }) => Tags.of(api).add('team', 'shop'))],
    ['an override of the name', () => build({}, ({ api }) => api.cfnApi.addPropertyOverride('Name', 'x'))],
    ['a stage variable', () => build({ stages: { prod: { variables: { a: 'b' } } } })],
    ['a stage throttle', () => build({ stages: { prod: { throttle: { rateLimit: 1, burstLimit: 1 } } } })],
    ['the code of an unversioned function', () => build({}, ({ fn: list }) => list.addEnvironment('A', 'b'))],
  ])('%s', (_, other) => {
    expect(other()).toBe(base);
  });

  test('the order in which routes, origins of headers and schemes were written', () => {
    const ordered = (keys: string[]) => {
      const stack = new Stack(testApp(), 'Orders');
      const all: RestGatewayProps['routes'] = {
        'GET /a': { integration: mock, request: { query: { x: true, y: false } } },
        'POST /a': { integration: mock, request: { body: JsonSchema.fromObject({ type: 'object' }) } },
        'GET /b/{id}': { integration: mock, authorizer: RestAuthorizer.none('open') },
      };
      new RestGateway(stack, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        routes: Object.fromEntries(keys.map((key) => [key, all[key]])),
      });
      return templateOf(stack);
    };
    const forward = ordered(['GET /a', 'POST /a', 'GET /b/{id}']);
    const backward = ordered(['GET /b/{id}', 'POST /a', 'GET /a']);
    expect(JSON.stringify(forward)).toBe(JSON.stringify(backward));
  });

  test('one model shared by routes in another order', () => {
    const shared = (keys: string[]) => {
      const body = JsonSchema.fromObject({ type: 'object' });
      const routes = Object.fromEntries(keys.map((key) => [key, { integration: mock, request: { body } }]));
      return deploymentOf(gateway({ routes }).stack);
    };
    expect(shared(['POST /a', 'POST /b'])).toBe(shared(['POST /b', 'POST /a']));
  });
});

describe('one app, several syntheses', () => {
  test('what was added between them is deployed', () => {
    const { stack, api, app } = gateway();
    app.synth();
    const first = resource(
      JSON.parse(JSON.stringify(app.synth({ force: true }).getStackByName('Stack').template)),
      'AWS::ApiGateway::Stage',
    );
    api.addRoute('GET /late', { integration: mock });
    const template = app.synth({ force: true }).getStackByName('Stack').template;
    expect(resource(template, 'AWS::ApiGateway::RestApi').Properties.Body.paths).toHaveProperty(['/late']);
    expect(resource(template, 'AWS::ApiGateway::Stage').Properties.DeploymentId).not.toEqual(
      first.Properties.DeploymentId,
    );
    expect(stack.node.path).toBe('Stack');
  });
});

test('what was resolved early keeps up with routes that come later: permission, settings, variables', () => {
  const stack = new Stack(testApp(), 'Stack');
  const list = fn(stack, 'List');
  const api = new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    routes: { 'GET /a': { integration: RestIntegration.lambda(list) } },
  });
  stack.node
    .findAll()
    .forEach((construct) => CfnResource.isCfnResource(construct) && stack.resolve(construct._toCloudFormation()));
  api.addRoute('POST /b', { integration: RestIntegration.lambda(list), throttle: { rateLimit: 1, burstLimit: 2 } });
  api.addRoute('GET /c', { integration: RestIntegration.lambdaByStage({ prod: list }) });
  const template = templateOf(stack);
  const source = (id: RegExp) => JSON.stringify(resource(template, 'AWS::Lambda::Permission', id).Properties.SourceArn);
  expect(source(/InvokeList[0-9A-F]{8}$/)).toContain('/*/*"');
  const { MethodSettings, Variables } = resource(template, 'AWS::ApiGateway::Stage').Properties;
  expect(MethodSettings).toHaveLength(2);
  expect(Object.keys(Variables)).toEqual(['lambda_GET_c']);
});
