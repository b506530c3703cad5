import { Aspects, aws_iam as iam, CfnParameter, Lazy, Size, Stack, Tags } from 'aws-cdk-lib';
import { type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import fc from 'fast-check';
import { RestAccess, RestGateway, type RestGatewayProps, RestAuthorizer, RestIntegration, WebAcl } from '../../lib';
import { type Change, changes, comparable, put, synthesized } from '../support/l1-mechanisms';
import { gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';

const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';
const mock = RestIntegration.mock();

const closing = (range: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/*',
      Condition: { NotIpAddress: { 'aws:SourceIp': [range] } },
    },
  ],
});

/** What may be put on the resource, the values of the gateway below among them. */
const SETTINGS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ApiKeySourceType: fc.constantFrom('HEADER', 'AUTHORIZER', undefined),
  BinaryMediaTypes: fc.constantFrom(['image/png'], ['image/gif', 'a/b'], ['*/*'], undefined),
  Description: fc.constantFrom('Orders', 'Other', undefined),
  DisableExecuteApiEndpoint: fc.constantFrom(true, false, undefined),
  EndpointAccessMode: fc.constantFrom('BASIC', 'STRICT'),
  EndpointConfiguration: fc.constantFrom({ Types: ['REGIONAL'] }, { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'] }),
  MinimumCompressionSize: fc.constantFrom(5, 100, undefined),
  Name: fc.constantFrom('Api', 'other'),
  Policy: fc.constantFrom(closing('10.0.0.0/8'), closing('192.0.2.0/24'), undefined),
  SecurityPolicy: fc.constantFrom('SecurityPolicy_TLS13_1_3_2025_09', 'TLS_1_2'),
};

interface Made {
  readonly template: Json;
  readonly again: Json;
}

/** An API with the changes; asked for its id before, where that is to be tried. */
function made(all: readonly Change[], ask = false): Made {
  const app = testApp();
  const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1', account: '111111111111' } });
  const api = new RestGateway(stack, 'Api', {
    description: 'Orders',
    minimumCompressionSize: Size.bytes(5),
    binaryMediaTypes: ['image/png'],
    cors: { allowOrigins: ['https://app.example.com'] },
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes: { 'GET /a': { integration: mock } },
  });
  const at = (early: boolean) =>
    all.filter((change) => change.early === early).forEach((one) => put(stack, api.cfnApi, one));
  at(true);
  if (ask) stack.resolve(api.cfnStage('prod').deploymentId);
  api.addRoute('POST /b', { integration: mock });
  at(false);
  return { template: synthesized(app, 'Stack'), again: synthesized(app, 'Stack', true) };
}

const propertiesOf = (template: Json): Json => resource(template, 'AWS::ApiGateway::RestApi').Properties;
const idOf = (template: Json): string => ids(template, 'AWS::ApiGateway::Deployment').join();

/** What the document says, by the names of the properties. */
function saidIn({ Body: body }: Json): Json {
  const endpoint = body.servers?.[0]?.[ENDPOINT] ?? {};
  return {
    ApiKeySourceType: body['x-amazon-apigateway-api-key-source'],
    BinaryMediaTypes: body['x-amazon-apigateway-binary-media-types'],
    Description: body.info.description,
    DisableExecuteApiEndpoint: endpoint.disableExecuteApiEndpoint,
    EndpointAccessMode: body['x-amazon-apigateway-endpoint-access-mode'],
    MinimumCompressionSize: body['x-amazon-apigateway-minimum-compression-size'],
    Name: body.info.title,
    Policy: body['x-amazon-apigateway-policy'],
    SecurityPolicy: body['x-amazon-apigateway-security-policy'],
    VpcEndpointIds: endpoint.vpcEndpointIds,
  };
}

const saidBeside = (properties: Json): Json => ({
  ...Object.fromEntries(Object.keys(saidIn(properties)).map((name) => [name, properties[name]])),
  VpcEndpointIds: properties.EndpointConfiguration?.VpcEndpointIds,
});

/** All of the API that a deployment is a snapshot of. */
function deployed(template: Json): string {
  const { Name, Description, Tags: tags, Body: body, ...others } = propertiesOf(template);
  return comparable({ ...others, Body: { ...body, info: [Name, Description, tags].length } });
}

const base = made([]).template;

test('whatever is put on the resource, however and whenever, is in the document, and makes a deployment where it is deployed', () => {
  fc.assert(
    fc.property(changes(SETTINGS), fc.boolean(), (all, ask) => {
      const { template, again } = made(all, ask);
      const properties = propertiesOf(template);
      expect(comparable(saidIn(properties))).toBe(comparable(saidBeside(properties)));
      expect(idOf(template) !== idOf(base)).toBe(deployed(template) !== deployed(base));
      expect(again).toEqual(template);
      expect(idOf(made([...all].reverse()).template)).toBe(idOf(template));
    }),
    { numRuns: 60 },
  );
}, 120_000);

describe('the document is the one that the prop of the gateway makes', () => {
  test.each<[string, Partial<RestGatewayProps>, (api: CfnRestApi) => void]>([
    ['compression', { minimumCompressionSize: Size.bytes(7) }, (api) => (api.minimumCompressionSize = 7)],
    ['binary types', { binaryMediaTypes: ['a/b'] }, (api) => (api.binaryMediaTypes = ['a/b'])],
    ['the default endpoint', { disableExecuteApiEndpoint: true }, (api) => (api.disableExecuteApiEndpoint = true)],
    ['the name', { apiName: 'orders' }, (api) => (api.name = 'orders')],
    [
      'all types binary, where preflights are made otherwise',
      { binaryMediaTypes: ['*/*'] },
      (api) => api.addPropertyOverride('BinaryMediaTypes', ['*/*']),
    ],
  ])('%s', (_, props, change) => {
    const cors = { allowOrigins: ['https://app.example.com'] };
    const { stack, api } = gateway({ cors });
    change(api.cfnApi);
    const expected = propertiesOf(templateOf(gateway({ cors, ...props }).stack));
    expect(propertiesOf(templateOf(stack))).toEqual(expected);
  });
});

test('a policy that refers to a role of another stack is the same in both places', () => {
  const { stack, api, app } = gateway();
  const role = new iam.Role(new Stack(app, 'Roles'), 'Role', { assumedBy: new iam.AnyPrincipal() });
  api.cfnApi.policy = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources: ['execute-api:/*'], principals: [role] }),
    ],
  });
  const { Policy, Body } = propertiesOf(templateOf(stack));
  expect(JSON.stringify(Policy)).toContain('Fn::ImportValue');
  expect(Body['x-amazon-apigateway-policy']).toEqual(Policy);
});

test('a value that only the deployment knows is the same in both places', () => {
  const { stack, api } = gateway();
  api.cfnApi.minimumCompressionSize = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
  const { MinimumCompressionSize, Body } = propertiesOf(templateOf(stack));
  expect(MinimumCompressionSize).toEqual({ Ref: 'Size' });
  expect(Body['x-amazon-apigateway-minimum-compression-size']).toEqual({ Ref: 'Size' });
});

test('an override inside of the document goes before what it follows, and reaches neither the property nor another document', () => {
  const { stack, api } = gateway();
  api.cfnApi.policy = closing('10.0.0.0/8');
  const place = 'Body.x-amazon-apigateway-policy.Statement';
  api.cfnApi.addPropertyOverride(place, []);
  const { Policy, Body } = propertiesOf(templateOf(stack));
  expect(Policy).toEqual(closing('10.0.0.0/8'));
  expect(Body['x-amazon-apigateway-policy'].Statement).toEqual([]);
});

test('a list that is changed in place counts', () => {
  const { stack, api } = gateway({ binaryMediaTypes: ['a/b'] });
  api.cfnApi.binaryMediaTypes?.push('c/d');
  const template = templateOf(stack);
  expect(propertiesOf(template).Body['x-amazon-apigateway-binary-media-types']).toEqual(['a/b', 'c/d']);
  expect(idOf(template)).not.toBe(idOf(templateOf(gateway({ binaryMediaTypes: ['a/b'] }).stack)));
});

describe('the deployment', () => {
  const plain = idOf(templateOf(gateway().stack));
  const after = (change: (api: CfnRestApi) => void): string => {
    const { stack, api } = gateway();
    change(api.cfnApi);
    return idOf(templateOf(stack));
  };

  test.each<[string, (api: CfnRestApi) => void]>([
    ['a description', (api) => (api.description = 'x')],
    ['a version', (api) => (api.version = '2')],
    ['a tag', (api) => Tags.of(api).add('team', 'shop')],
    ['a tag by hand', (api) => api.addPropertyOverride('Tags', [{ Key: 'team', Value: 'shop' }])],
    ['how the document is imported', (api) => (api.failOnWarnings = false)],
    ['the title', (api) => api.addPropertyOverride('Body.info.title', 'x')],
    ['the default of a switch', (api) => (api.disableExecuteApiEndpoint = undefined)],
    ['the same value again', (api) => (api.securityPolicy = `${api.securityPolicy}`)],
    [
      'the same value as an override',
      (api) => api.addPropertyOverride('Body.paths./.get.x-amazon-apigateway-integration.type', 'mock'),
    ],
    ['metadata', (api) => api.addMetadata('a', 'b')],
  ])('stays with %s', (_, change) => {
    expect(after(change)).toBe(plain);
  });

  test.each<[string, (api: CfnRestApi) => void]>([
    ['another document', (api) => (api.body = { openapi: '3.0.1', paths: {} })],
    ['a document elsewhere', (api) => (api.bodyS3Location = { bucket: 'b', key: 'k' })],
    ['the base path of the import', (api) => (api.parameters = { basepath: 'prepend' })],
    ['a type of endpoint', (api) => (api.endpointConfiguration = { types: ['EDGE'] })],
  ])('comes anew with %s', (_, change) => {
    expect(after(change)).not.toBe(plain);
  });

  test('follows an Aspect that comes between two syntheses', () => {
    const { app, api } = gateway();
    const first = idOf(synthesized(app, 'Stack'));
    Aspects.of(app).add({
      visit: (node) => node === api.cfnApi && (api.cfnApi.policy = closing('10.0.0.0/8')),
    });
    expect(idOf(synthesized(app, 'Stack', true))).not.toBe(first);
  });
});

describe('a policy on the resource, beside the one of `access`', () => {
  const statement = { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/GET/a' };
  const ways: [string, (api: CfnRestApi, stack: Stack) => void, (own: Json) => Json][] = [
    ['in its place', (api) => (api.policy = closing('10.0.0.0/8')), () => closing('10.0.0.0/8')],
    [
      'as a document of the CDK',
      (api) => (api.policy = iam.PolicyDocument.fromJson(closing('10.0.0.0/8'))),
      () => closing('10.0.0.0/8'),
    ],
    [
      'as an override of one part',
      (api) => api.addPropertyOverride('Policy.Id', 'mine'),
      (own) => ({ ...own, Id: 'mine' }),
    ],
    ['taken away', (api) => (api.policy = undefined), () => undefined],
    ['taken away by an override', (api) => api.addPropertyDeletionOverride('Policy'), () => undefined],
    [
      'on top of it',
      (api, stack) => {
        const own: unknown = api.policy;
        api.policy = Lazy.any({
          produce: () => {
            const policy = stack.resolve(own) as Json;
            return { ...policy, Statement: [...policy.Statement, statement] };
          },
        });
      },
      (own) => ({ ...own, Statement: [...own.Statement, statement] }),
    ],
  ];

  test.each(ways)('%s, is in property and document, and deployed', (_, change, expected) => {
    const make = (changed: boolean) => {
      const { stack, api } = gateway({ access: [RestAccess.allowAccounts(['222222222222'])] });
      if (changed) change(api.cfnApi, stack);
      const template = templateOf(stack);
      const { Policy, Body } = resource(template, 'AWS::ApiGateway::RestApi').Properties;
      return {
        Policy,
        inBody: Body['x-amazon-apigateway-policy'],
        deployments: ids(template, 'AWS::ApiGateway::Deployment'),
      };
    };
    const [before, after] = [make(false), make(true)];
    expect(after.Policy).toEqual(expected(before.Policy));
    expect(after.inBody).toEqual(after.Policy);
    expect(after.deployments).not.toEqual(before.deployments);
  });
});
