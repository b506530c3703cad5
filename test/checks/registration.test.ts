import { type App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnMethod } from 'aws-cdk-lib/aws-apigateway';
import { CfnApi, CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { ACKNOWLEDGED_RULES } from '../../lib/checks/acknowledgements';
import { ApiGatewayChecks } from '../../lib/checks/checks';
import { registerGateway } from '../../lib/checks/registration';
import { acknowledge, Gateway, legacy, names, newApp, paths, synth } from './plugin-support';

const operation = {
  responses: { default: { description: 'ok' } },
  'x-amazon-apigateway-integration': {
    type: 'http_proxy',
    httpMethod: 'GET',
    uri: 'https://example.com',
    payloadFormatVersion: '1.0',
  },
};

/** An open HTTP API in a Body, and the path of what is wrong with it. */
function openHttp(scope: Construct): string {
  const body = { openapi: '3.0.1', info: { title: 'x', version: '1' }, paths: { '/orders': { get: operation } } };
  return new CfnApi(scope, 'Api', { body, failOnWarnings: true }).node.path;
}

function openWebSocket(scope: Construct): string {
  const api = new CfnApi(scope, 'Api', {
    name: 'chat',
    protocolType: 'WEBSOCKET',
    routeSelectionExpression: '$request.body.action',
  });
  const integration = new CfnIntegration(scope, 'Integration', { apiId: api.ref, integrationType: 'MOCK' });
  const target = `integrations/${integration.ref}`;
  for (const routeKey of ['$disconnect', '$default'])
    new CfnRoute(scope, routeKey.slice(1), { apiId: api.ref, routeKey, target });
  return new CfnRoute(scope, 'Connect', { apiId: api.ref, routeKey: '$connect', target }).node.path;
}

describe('the checks of a gateway', () => {
  test('judge the gateway', () => {
    const app = newApp();
    const { api } = new Gateway(new Stack(app, 'Stack'), 'Orders');
    const report = synth(app);
    expect(report.failed).toBe(true);
    expect(names(report.violations)).toEqual(['ALL-AUTH1', 'ALL-AUTH1']);
    expect(report.violations[0]).toMatchObject({
      severity: 'error',
      description: 'Every route requires authorization — GET /health has no authorization: anyone can call it',
      violatingConstructs: [
        {
          constructPath: api.node.path,
          cloudFormationResource: {
            logicalId: Stack.of(api).resolve(api.logicalId) as string,
            propertyPaths: ['Properties.Body.paths./health.get'],
          },
        },
      ],
      ruleMetadata: { acknowledge: 'ApiGateway::ALL-AUTH1[GET /health]' },
    });
  });

  test.each([
    ['HTTP', 'ALL-AUTH1', 'GET /orders', openHttp],
    ['WebSocket', 'WS-AUTH4', '$connect', openWebSocket],
  ])('judge a gateway of an %s API, nothing beside it', (_, rule, key, make) => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const gateway = new Construct(stack, 'Gateway');
    make(new Construct(stack, 'Legacy'));
    const at = make(gateway);
    registerGateway(gateway);
    const report = synth(app);
    expect(report.failed).toBe(true);
    expect(paths(report.violations)).toEqual([at]);
    expect(report.violations[0]).toMatchObject({
      ruleName: rule,
      ruleMetadata: { acknowledge: `ApiGateway::${rule}[${key}]` },
    });
    const other = newApp();
    const acknowledged = new Construct(new Stack(other, 'Stack'), 'Gateway');
    make(acknowledged);
    registerGateway(acknowledged);
    acknowledge(acknowledged, `${rule}[${key}]`);
    expect(synth(other)).toMatchObject({ failed: false, violations: [] });
  });

  test('leave the APIs beside it alone', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    legacy(stack);
    legacy(new Stack(app, 'Other'));
    const { api } = new Gateway(stack, 'Orders', ['/health']);
    const report = synth(app);
    expect(paths(report.violations)).toEqual([api.node.path]);
  });

  test('do not fail a synth for what is beside a faultless gateway', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    legacy(stack);
    acknowledge(new Gateway(stack, 'Orders'), 'ALL-AUTH1');
    const report = synth(app);
    expect(report.failed).toBe(false);
    expect(names(report.violations)).toEqual([]);
    expect(names(report.suppressed)).toEqual(['ALL-AUTH1', 'ALL-AUTH1']);
  });

  test('tell routes that are acknowledged for the same reason at once, with all their places', () => {
    const app = newApp();
    const { api } = new Gateway(new Stack(app, 'Stack'), 'Orders', ['/a', '/b', '/c', '/d']);
    const reason = 'public data';
    for (const route of ['GET /a', 'GET /b', 'GET /c'])
      Validations.of(api).acknowledge({ id: `ApiGateway::ALL-AUTH1[${route}]`, reason });
    Validations.of(api).acknowledge({ id: 'ApiGateway::ALL-AUTH1[GET /c]', reason: 'load balancer probe' });
    const { violations, suppressed } = synth(app);
    expect(violations).toMatchObject([
      { ruleName: 'ALL-AUTH1', description: expect.stringContaining('GET /d') as string },
    ]);
    expect(suppressed).toHaveLength(2);
    const [alike, other] = suppressed;
    expect(alike).toMatchObject({
      ruleName: 'ALL-AUTH1[GET /a]',
      reason,
      description: expect.stringMatching(
        /GET \/a .*; and 1 more for this resource, acknowledged for the same reason$/,
      ) as string,
    });
    expect(alike.violatingConstructs).toMatchObject([
      {
        constructPath: api.node.path,
        cloudFormationResource: {
          propertyPaths: ['Properties.Body.paths./a.get', 'Properties.Body.paths./b.get'],
        },
      },
    ]);
    expect(other).toMatchObject({ ruleName: 'ALL-AUTH1[GET /c]', reason: 'load balancer probe' });
  });

  test('take the reason of the construct that is nearest, as CDK does', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const { api } = new Gateway(stack, 'Orders', ['/a', '/b']);
    for (const route of ['GET /a', 'GET /b'])
      Validations.of(stack).acknowledge({ id: `ApiGateway::ALL-AUTH1[${route}]`, reason: 'whole stack' });
    Validations.of(api).acknowledge({ id: 'ApiGateway::ALL-AUTH1[GET /b]', reason: 'this API' });
    const { violations, suppressed } = synth(app);
    expect(violations).toEqual([]);
    expect(suppressed.map(({ ruleName, reason }) => [ruleName, reason])).toEqual([
      ['ALL-AUTH1[GET /a]', 'whole stack'],
      ['ALL-AUTH1[GET /b]', 'this API'],
    ]);
  });

  test('are one plugin for all gateways of an app', () => {
    const app = newApp();
    new Gateway(new Stack(app, 'One'), 'Orders', ['/a']);
    new Gateway(new Stack(app, 'Two'), 'Customers', ['/b']);
    const report = synth(app);
    expect(report.plugins).toHaveLength(1);
    expect(paths(report.violations)).toEqual(['One/Orders/Api', 'Two/Customers/Api']);
  });

  test('find nothing where there is no gateway', () => {
    const app = newApp();
    legacy(new Stack(app, 'Stack'));
    expect(synth(app)).toMatchObject({ failed: false, plugins: [] });
  });
});

describe('acknowledging', () => {
  test('one route', () => {
    const app = newApp();
    const { api } = new Gateway(new Stack(app, 'Stack'), 'Orders');
    acknowledge(api, 'ALL-AUTH1[GET /health]');
    const report = synth(app);
    expect(report.failed).toBe(true);
    expect(report.violations.map(({ description }) => description)).toEqual([
      expect.stringContaining('GET /status has no authorization'),
    ]);
    expect(report.suppressed).toMatchObject([
      { ruleName: 'ALL-AUTH1[GET /health]', reason: 'because ALL-AUTH1[GET /health]' },
    ]);
  });

  test('each route, with its own reason', () => {
    const app = newApp();
    const { api } = new Gateway(new Stack(app, 'Stack'), 'Orders', ['/health', '/orders/{id}']);
    acknowledge(api, 'ALL-AUTH1[GET /health]', 'ALL-AUTH1[GET /orders/{id}]');
    const report = synth(app);
    expect(report.failed).toBe(false);
    expect(report.violations).toEqual([]);
    expect(report.suppressed).toHaveLength(2);
  });

  test.each([
    ['the API', (gateway: Gateway) => gateway.api],
    ['the gateway', (gateway: Gateway) => gateway],
    ['the stack', (gateway: Gateway) => Stack.of(gateway)],
    ['the app', (gateway: Gateway) => gateway.node.root],
  ])('the whole rule on %s', (_, at) => {
    for (const id of ['ALL-AUTH1', 'ALL-AUTH1[GET /health]']) {
      const app = newApp();
      acknowledge(at(new Gateway(new Stack(app, 'Stack'), 'Orders', ['/health'])), id);
      expect(synth(app)).toMatchObject({ failed: false, violations: [], suppressed: [{ ruleName: id }] });
    }
  });

  test('both forms at once', () => {
    const app = newApp();
    const gateway = new Gateway(new Stack(app, 'Stack'), 'Orders');
    acknowledge(gateway, 'ALL-AUTH1', 'ALL-AUTH1[GET /health]');
    const report = synth(app);
    expect(report.failed).toBe(false);
    expect(names(report.suppressed)).toEqual(['ALL-AUTH1', 'ALL-AUTH1[GET /health]']);
  });

  test('a route of another gateway, or another route, does not count', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    new Gateway(stack, 'Orders', ['/health']);
    acknowledge(new Gateway(stack, 'Orders2', ['/health']), 'ALL-AUTH1[GET /health]', 'ALL-AUTH1[POST /health]');
    expect(paths(synth(app).violations)).toEqual(['Stack/Orders/Api']);
  });

  test('the key under which CDK keeps them', () => {
    expect(ACKNOWLEDGED_RULES).toBe(Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  });
});

describe('nested stacks', () => {
  function nested(registered: boolean): { app: App; gateway: Gateway } {
    const app = newApp();
    const outer = new NestedStack(new Stack(app, 'Stack'), 'Outer');
    return { app, gateway: new Gateway(new NestedStack(outer, 'Inner'), 'Orders', ['/health'], registered) };
  }

  test.each([true, false])('are judged (by the gateway: %s)', (registered) => {
    const { app } = nested(registered);
    if (!registered) {
      Validations.of(app).addPlugins(new ApiGatewayChecks());
    }
    const report = synth(app);
    expect(report.failed).toBe(true);
    expect(paths(report.violations)).toEqual(['Stack/Outer/Inner/Orders/Api']);
    expect(report.violations[0].violatingConstructs[0].cloudFormationResource?.logicalId).toBeDefined();
  });

  test.each(['ALL-AUTH1', 'ALL-AUTH1[GET /health]'])('are acknowledged by %s', (id) => {
    const { app, gateway } = nested(true);
    acknowledge(gateway.api, id);
    expect(synth(app)).toMatchObject({ failed: false, violations: [], suppressed: [{ ruleName: id }] });
  });
});

describe('Stages of a pipeline', () => {
  test('are judged each by itself, once', () => {
    const app = newApp();
    for (const name of ['Dev', 'Prod']) {
      const stage = new Stage(app, name);
      const gateway = new Gateway(new Stack(stage, 'Service'), 'Orders', ['/health']);
      legacy(new Stack(stage, 'Old'));
      if (name === 'Dev') {
        acknowledge(gateway, 'ALL-AUTH1[GET /health]');
      }
    }
    new Gateway(new Stack(app, 'Pipeline'), 'Tools', ['/health']);
    const report = synth(app);
    expect(report.failed).toBe(true);
    expect(paths(report.violations)).toEqual(['Pipeline/Tools/Api', 'Prod/Service/Orders/Api']);
    expect(paths(report.suppressed)).toEqual(['Dev/Service/Orders/Api']);
  });
});

test('a method of its own is shown where it is', () => {
  const app = newApp();
  const gateway = new Gateway(new Stack(app, 'Stack'), 'Orders', []);
  const { api } = gateway;
  api.body = undefined;
  const method = new CfnMethod(gateway, 'Get', {
    restApiId: api.ref,
    resourceId: api.attrRootResourceId,
    httpMethod: 'GET',
    authorizationType: 'NONE',
    integration: {
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      integrationResponses: [{ statusCode: '200' }],
    },
    methodResponses: [{ statusCode: '200' }],
  });
  expect(synth(app).violations).toMatchObject([
    { ruleName: 'ALL-AUTH1', violatingConstructs: [{ constructPath: method.node.path }] },
  ]);
});
