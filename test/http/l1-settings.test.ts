import { Stack, Tags } from 'aws-cdk-lib';
import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import fc from 'fast-check';
import { HttpAuthorizer, HttpGateway, type HttpGatewayProps, HttpIntegration } from '../../lib';
import { type Change, changes, comparable, put, synthesized } from '../support/l1-mechanisms';
import { ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { gateway } from './support';

const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';
const origin = 'https://app.example.com';
const cors = { allowOrigins: [origin], allowMethods: ['GET'] };
const manual = { prod: { autoDeploy: false } };

/** What may be put on the resource, the values of the gateway below among them. */
const SETTINGS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  CorsConfiguration: fc.constantFrom(
    { AllowOrigins: ['https://b.example.com'], AllowMethods: ['PUT'], MaxAge: 5 },
    { AllowOrigins: [origin], AllowCredentials: true },
  ),
  Description: fc.constantFrom('Orders', 'Other'),
  DisableExecuteApiEndpoint: fc.constantFrom(true, false),
  IpAddressType: fc.constantFrom('dualstack', 'ipv4'),
  Name: fc.constantFrom('Api', 'other'),
  Version: fc.constantFrom('1.0', '2'),
};

function made(all: readonly Change[], ask = false): { readonly template: Json; readonly again: Json } {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const api = new HttpGateway(stack, 'Api', {
    description: 'Orders',
    ipAddressType: 'ipv4',
    cors,
    stages: manual,
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /a': { integration: HttpIntegration.http('https://example.com/') } },
  } as HttpGatewayProps);
  const at = (early: boolean) =>
    all.filter((change) => change.early === early).forEach((one) => put(stack, api.cfnApi, one));
  at(true);
  if (ask) stack.resolve(api.cfnStage('prod').deploymentId);
  api.addRoute('POST /b', { integration: HttpIntegration.http('https://example.com/b') });
  at(false);
  return { template: synthesized(app, 'Stack'), again: synthesized(app, 'Stack', true) };
}

const propertiesOf = (template: Json): Json => resource(template, 'AWS::ApiGatewayV2::Api').Properties;
const idOf = (template: Json): string => ids(template, 'AWS::ApiGatewayV2::Deployment').join();

/** What the document says, by the names of the properties. */
function saidIn({ Body: body }: Json): Json {
  const endpoint = body.servers?.[0]?.[ENDPOINT] ?? {};
  const said = body['x-amazon-apigateway-cors'];
  return {
    CorsConfiguration: Object.fromEntries(
      Object.entries(said ?? {}).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
    ),
    Description: body.info.description,
    DisableExecuteApiEndpoint: endpoint.disableExecuteApiEndpoint,
    IpAddressType: endpoint.ipAddressType,
    Name: body.info.title,
    Version: body.info.version,
  };
}

const deployed = (template: Json): string => comparable({ ...propertiesOf(template).Body, info: undefined });
const base = made([]).template;

test('whatever is put on the resource, however and whenever, is in the document and nowhere else, and makes a deployment where it is deployed', () => {
  fc.assert(
    fc.property(changes(SETTINGS), fc.boolean(), (all, ask) => {
      const { template, again } = made(all, ask);
      expect(Object.keys(propertiesOf(template)).sort()).toEqual(['Body', 'FailOnWarnings']);
      const said = saidIn(propertiesOf(template));
      for (const { setting, mechanism } of all) {
        // An override of a map is laid over what is there; all else takes its place.
        const isMerged = mechanism.toLowerCase().includes('override') && setting.name === 'CorsConfiguration';
        const before = isMerged ? saidIn(propertiesOf(base)).CorsConfiguration : {};
        const expected = isMerged ? { ...before, ...(setting.value as object) } : setting.value;
        expect(comparable({ value: said[setting.name] })).toBe(comparable({ value: expected }));
      }
      expect(idOf(template) !== idOf(base)).toBe(deployed(template) !== deployed(base));
      expect(again).toEqual(template);
      expect(idOf(made([...all].reverse()).template)).toBe(idOf(template));
    }),
    { numRuns: 60 },
  );
}, 120_000);

describe('the document is the one that the prop of the gateway makes', () => {
  test.each<[string, Partial<HttpGatewayProps>, (api: CfnApi) => void]>([
    [
      'CORS',
      { cors },
      (api) =>
        (api.corsConfiguration = {
          allowOrigins: [origin],
          allowMethods: ['GET'],
          allowHeaders: ['content-type'],
          maxAge: 600,
        }),
    ],
    ['the default endpoint', { disableExecuteApiEndpoint: true }, (api) => (api.disableExecuteApiEndpoint = true)],
    ['a name', { apiName: 'orders' }, (api) => api.addPropertyOverride('Name', 'orders')],
    ['a description', { description: 'Orders' }, (api) => api.addOverride('Properties', { Description: 'Orders' })],
  ])('%s', (_, props, change) => {
    const { stack, api } = gateway({ stages: manual });
    change(api.cfnApi);
    const { Body } = propertiesOf(templateOf(stack));
    const expected = propertiesOf(templateOf(gateway({ stages: manual, ...props }).stack)).Body;
    const names = Object.keys(expected['x-amazon-apigateway-cors'] ?? {});
    expect(names.every((name) => name in (Body['x-amazon-apigateway-cors'] ?? {}))).toBe(true);
    delete Body['x-amazon-apigateway-cors'];
    delete expected['x-amazon-apigateway-cors'];
    expect(Body).toEqual(expected);
  });
});

test('CORS that is taken away is in neither', () => {
  const { stack, api } = gateway({ cors });
  api.cfnApi.addPropertyDeletionOverride('CorsConfiguration');
  const properties = propertiesOf(templateOf(stack));
  expect(properties).not.toHaveProperty('CorsConfiguration');
  expect(properties.Body).not.toHaveProperty('x-amazon-apigateway-cors');
});

test('tags by hand are beside the others in the document', () => {
  const { stack, api } = gateway();
  Tags.of(stack).add('team', 'shop');
  api.cfnApi.addPropertyOverride('Tags.cost\\.center', '7');
  const { Body, ...others } = propertiesOf(templateOf(stack));
  expect(Body.tags).toEqual([
    { name: 'cost.center', 'x-amazon-apigateway-tag-value': '7' },
    { name: 'team', 'x-amazon-apigateway-tag-value': 'shop' },
  ]);
  expect(others).toEqual({ FailOnWarnings: true });
});

test('what no document says is left where it was put, for CloudFormation and the checks to refuse', () => {
  const { stack, api } = gateway();
  api.cfnApi.target = 'https://example.com';
  expect(propertiesOf(templateOf(stack)).Target).toBe('https://example.com');
});

describe('the deployment', () => {
  const after = (change: (api: CfnApi) => void): string => {
    const { stack, api } = gateway({ stages: manual });
    change(api.cfnApi);
    return idOf(templateOf(stack));
  };
  const plain = after(() => {});

  test.each<[string, (api: CfnApi) => void]>([
    ['a description', (api) => (api.description = 'x')],
    ['tags', (api) => Tags.of(api).add('team', 'shop')],
    ['a tag by hand', (api) => api.addPropertyOverride('Tags.team', 'shop')],
    ['the protocol that it has', (api) => (api.protocolType = 'HTTP')],
    ['the default of a switch', (api) => (api.disableExecuteApiEndpoint = false)],
    ['how the document is imported', (api) => (api.failOnWarnings = false)],
  ])('stays with %s', (_, change) => {
    expect(after(change)).toBe(plain);
  });

  test.each<[string, (api: CfnApi) => void]>([
    ['another document', (api) => (api.body = { openapi: '3.0.1', paths: {} })],
    ['the base path of the import', (api) => (api.basePath = 'prepend')],
  ])('comes anew with %s', (_, change) => {
    expect(after(change)).not.toBe(plain);
  });
});
