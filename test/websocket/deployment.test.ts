import { type Stack, Tags } from 'aws-cdk-lib';
import { JsonSchema, WebSocketAuthorizer, type WebSocketGateway, WebSocketIntegration } from '../../lib';
import { type Json, fn, ids, templateOf } from '../support/stacks';
import { all, connect, gateway, mock } from './support';

function deploymentOf(
  change: (made: { stack: Stack; api: WebSocketGateway }) => void = () => {},
  props: Parameters<typeof gateway>[0] = {},
): string {
  const made = gateway(props);
  const handler = fn(made.stack, 'Handler');
  made.api.addRoute('send', { integration: WebSocketIntegration.lambda(handler) });
  change(made);
  return ids(templateOf(made.stack), 'AWS::ApiGatewayV2::Deployment')[0];
}

const plain = deploymentOf();
const routeOf = (api: WebSocketGateway, key: string) => api.node.findChild(`Route-${key}`) as Json;

describe('a new deployment', () => {
  const changes: Record<string, (made: { stack: Stack; api: WebSocketGateway }) => void> = {
    'another route': ({ api }) => api.addRoute('more', { integration: mock }),
    'another function': ({ stack, api }) =>
      api.addRoute('more', { integration: WebSocketIntegration.lambda(fn(stack, 'B')) }),
    'an override of a route': ({ api }) => routeOf(api, 'send').addPropertyOverride('OperationName', 'Send'),
    'a property of a route': ({ api }) => (routeOf(api, 'send').operationName = 'Send'),
    'an override of the API': ({ api }) =>
      api.cfnApi.addPropertyOverride('RouteSelectionExpression', '$request.body.kind'),
    'an integration': ({ api }) =>
      (api.node.findChild('Function-Handler') as Json).addPropertyOverride('TimeoutInMillis', 100),
    'another id of the function': ({ stack }) =>
      (stack.node.findChild('Handler').node.defaultChild as Json).overrideLogicalId('New'),
  };
  test.each(Object.keys(changes))('for %s', (name) => {
    expect(deploymentOf(changes[name])).not.toEqual(plain);
  });

  test.each<[string, Parameters<typeof gateway>[0]]>([
    ['the authorizer', { defaultAuthorizer: WebSocketAuthorizer.none('test') }],
    ['the route selection', { routeSelectionExpression: '$request.body.kind' }],
    ['redeployOn', { redeployOn: ['2'] }],
    [
      'a mock',
      {
        routes: {
          $connect: connect,
          ping: { integration: WebSocketIntegration.mock({ body: 'a' }), returnResponse: true },
        },
      },
    ],
    [
      'a model',
      { routes: { $connect: connect, ping: { integration: mock, request: { body: JsonSchema.fromObject({}) } } } },
    ],
  ])('for %s', (_name, props) => {
    expect(deploymentOf(undefined, props)).not.toEqual(plain);
  });
});

describe('no new deployment', () => {
  test.each<[string, Parameters<typeof gateway>[0]]>([
    ['the name', { apiName: 'other' }],
    ['the description', { description: 'other' }],
    ['the stages', { stages: { prod: { variables: { a: 'b' }, throttle: { rateLimit: 1, burstLimit: 1 } }, dev: {} } }],
  ])('for %s', (_name, props) => {
    expect(deploymentOf(undefined, props)).toEqual(plain);
  });

  test('for usage plans', () => {
    const routes = { $connect: { ...connect, apiKeyRequired: true } };
    const elsewhere = deploymentOf(undefined, { routes, usagePlansElsewhere: 'the portal' });
    expect(deploymentOf(undefined, { routes, usagePlans: { partner: {} } })).toEqual(elsewhere);
  });

  test('for tags and for what only resources beside the API know', () => {
    expect(deploymentOf(({ api }) => Tags.of(api).add('a', 'b'))).toEqual(plain);
    expect(deploymentOf(({ api }) => routeOf(api, 'send').addMetadata('a', 'b'))).toEqual(plain);
    expect(deploymentOf(({ stack }) => (stack.node.findChild('Handler') as Json).addEnvironment('A', 'B'))).toEqual(
      plain,
    );
  });
});

test('an id that was asked for early is never stale', () => {
  const { stack, api } = gateway();
  const early = stack.resolve(api.cfnStage('prod').deploymentId);
  api.addRoute('send', { integration: mock });
  const template = templateOf(stack);
  expect(early.Ref).not.toEqual(ids(template, 'AWS::ApiGatewayV2::Deployment')[0]);
  expect(all(template, 'Stage')[0].DeploymentId).toEqual(ids(template, 'AWS::ApiGatewayV2::Deployment')[0]);
});

test('the deployment comes after all parts of the API', () => {
  const { stack, api } = gateway({ routes: {} });
  api.addRoute('$connect', { integration: mock, authorizer: WebSocketAuthorizer.lambda(fn(stack, 'Decide')) });
  api.addRoute('ping', {
    integration: WebSocketIntegration.mock({ body: 'pong' }),
    returnResponse: true,
    request: { body: JsonSchema.fromObject({}) },
  });
  const template = templateOf(stack);
  const [deployment] = ids(template, 'AWS::ApiGatewayV2::Deployment');
  const parts = ['Route', 'Integration', 'IntegrationResponse', 'RouteResponse', 'Model', 'Authorizer'].flatMap(
    (type) => ids(template, `AWS::ApiGatewayV2::${type}`),
  );
  expect(parts).toHaveLength(9);
  expect(template.Resources[deployment].DependsOn).toEqual(expect.arrayContaining(parts));
});

test('a stage that deploys by itself comes after all parts too, and has no deployment', () => {
  const { stack } = gateway({ stages: { dev: { autoDeploy: true } } });
  const template = templateOf(stack);
  expect(ids(template, 'AWS::ApiGatewayV2::Deployment')).toEqual([]);
  const [stage] = ids(template, 'AWS::ApiGatewayV2::Stage');
  expect(template.Resources[stage].Properties).toMatchObject({ AutoDeploy: true });
  expect(template.Resources[stage].Properties).not.toHaveProperty('DeploymentId');
  expect(template.Resources[stage].DependsOn).toEqual(
    expect.arrayContaining(ids(template, 'AWS::ApiGatewayV2::Route')),
  );
});

test('one stage deploys by itself, and one does not', () => {
  const template = templateOf(gateway({ stages: { dev: { autoDeploy: true }, prod: {} } }).stack);
  expect(all(template, 'Stage').map(({ AutoDeploy, DeploymentId }) => [AutoDeploy, typeof DeploymentId])).toEqual([
    [true, 'undefined'],
    [undefined, 'string'],
  ]);
});
