import { CfnParameter, Stack } from 'aws-cdk-lib';
import { type CfnUserPool, type IUserPool, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { dnsSuffixOf, regionOfUserPool } from '../../lib/facts/partitions';
import { cleaned } from '../../lib/template/openapi/clean';
import { type Json, templateOf, testApp } from '../support/stacks';

/** References as text, so that one text is one issuer. */
function flat(value: Json): string {
  if (typeof value === 'string') return value;
  if (value.Ref) return `<${value.Ref.replace(/^(AWS::)?(.*?)([0-9A-F]{8})?$/, '$2')}>`;
  const [[fn, args]] = Object.entries<Json>(value);
  if (fn === 'Fn::Join') return args[1].map(flat).join(args[0]);
  if (fn === 'Fn::Sub')
    return args
      .replaceAll('${AWS::Region}', '<Region>')
      .replaceAll('${AWS::URLSuffix}', '<URLSuffix>')
      .replace(/\$\{([^}]*?)([0-9A-F]{8})?\}/g, '<$1>');
  if (fn === 'Fn::Select') return `<part ${args[0]} of ${flat(args[1])}>`;
  if (fn === 'Fn::Split') return flat(args[1]);
  if (fn === 'Fn::GetAtt') return `<${args[0].slice(0, -8)}.${args[1]}>`;
  throw new Error(`unknown: ${JSON.stringify(value)}`);
}

/** The issuer that each kind with a function or an authorizer for tokens of Cognito is told. */
function issuersOf(region: string | undefined, make: (stack: Stack) => IUserPool): Record<string, string> {
  const stack = new Stack(testApp(), 'Stack', { env: { region } });
  const userPool = make(stack);
  const userPoolClients = [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'abc')];
  new HttpGateway(stack, 'Http', {
    defaultAuthorizer: HttpAuthorizer.cognito({ userPools: [userPool], userPoolClients }),
    routes: { 'GET /': { integration: HttpIntegration.http('https://example.com/') } },
  });
  new WebSocketGateway(stack, 'Socket', {
    defaultAuthorizer: WebSocketAuthorizer.cognito({ userPools: [userPool], userPoolClients }),
    routes: {
      $connect: { integration: WebSocketIntegration.mock() },
      $default: { integration: WebSocketIntegration.mock() },
    },
  });
  const { Resources } = templateOf(stack);
  const found = Object.values<Json>(Resources);
  const { Body } = found.find(
    ({ Type, Properties }) => Type === 'AWS::ApiGatewayV2::Api' && Properties.Body,
  ).Properties;
  const [scheme] = Object.values<Json>(Body.components.securitySchemes);
  const fn = found.find(({ Type }) => Type === 'AWS::Lambda::Function');
  return {
    http: flat(scheme['x-amazon-apigateway-authorizer'].jwtConfiguration.issuer),
    webSocket: flat(fn.Properties.Environment.Variables.ISSUER),
  };
}

const both = (issuer: string) => ({ http: issuer, webSocket: issuer });
const own = (stack: Stack) => new UserPool(stack, 'Pool');

describe('the issuer of a user pool is the same for all kinds of APIs', () => {
  test.each([
    ['eu-west-1', 'https://cognito-idp.eu-west-1.amazonaws.com/<Pool>'],
    ['us-gov-west-1', 'https://cognito-idp.us-gov-west-1.amazonaws.com/<Pool>'],
    ['us-gov-east-1', 'https://cognito-idp.us-gov-east-1.amazonaws.com/<Pool>'],
    ['cn-north-1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn/<Pool>'],
    ['cn-northwest-1', 'https://cognito-idp.cn-northwest-1.amazonaws.com.cn/<Pool>'],
    ['eusc-de-east-1', 'https://cognito-idp.eusc-de-east-1.amazonaws.eu/<Pool>'],
    ['us-iso-east-1', 'https://cognito-idp.us-iso-east-1.c2s.ic.gov/<Pool>'],
    ['us-isob-east-1', 'https://cognito-idp.us-isob-east-1.sc2s.sgov.gov/<Pool>'],
    [undefined, 'https://cognito-idp.<Region>.<URLSuffix>/<Pool>'],
  ])('in %s', (region, issuer) => {
    expect(issuersOf(region, own)).toEqual(both(issuer));
  });

  const id = 'us-east-1_AbCdEfGhI';
  const arn = (region: string) => `arn:aws:cognito-idp:${region}:123456789012:userpool/${id}`;
  test.each<[string, (stack: Stack) => IUserPool, string]>([
    [
      'by its id',
      (stack) => UserPool.fromUserPoolId(stack, 'Pool', id),
      `https://cognito-idp.us-east-1.amazonaws.com/${id}`,
    ],
    [
      'by its ARN',
      (stack) => UserPool.fromUserPoolArn(stack, 'Pool', arn('us-east-1')),
      `https://cognito-idp.us-east-1.amazonaws.com/${id}`,
    ],
    [
      'by the ARN of a replica',
      (stack) => UserPool.fromUserPoolArn(stack, 'Pool', arn('us-west-2')),
      `https://cognito-idp.us-east-1.amazonaws.com/${id}`,
    ],
    [
      'by an id of another partition',
      (stack) => UserPool.fromUserPoolId(stack, 'Pool', 'cn-north-1_AbCdEfGhI'),
      'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbCdEfGhI',
    ],
    [
      'by an id that is known at the deployment',
      (stack) => UserPool.fromUserPoolId(stack, 'Pool', new CfnParameter(stack, 'PoolId').valueAsString),
      'https://cognito-idp.<part 0 of <PoolId>>.<URLSuffix>/<PoolId>',
    ],
    [
      'by an id that is no id of Cognito',
      (stack) => UserPool.fromUserPoolId(stack, 'Pool', 'local'),
      'https://cognito-idp.eu-west-1.amazonaws.com/local',
    ],
  ])('of another Region, imported %s', (_, make, issuer) => {
    expect(issuersOf('eu-west-1', make)).toEqual(both(issuer));
  });

  test.each<[string, (pool: CfnUserPool) => void]>([
    ['a property', (pool) => void (pool.issuerConfiguration = { type: 'UPDATED' })],
    ['an override', (pool) => pool.addPropertyOverride('IssuerConfiguration.Type', 'UPDATED')],
  ])('with the issuer type UPDATED, by %s', (_, set) => {
    const make = (stack: Stack) => {
      const pool = own(stack);
      set(pool.node.defaultChild as CfnUserPool);
      return pool;
    };
    expect(issuersOf('eu-west-1', make)).toEqual(both('https://issuer-cognito-idp.eu-west-1.amazonaws.com/<Pool>'));
  });

  test('that is told twice is one authorizer', () => {
    const stack = new Stack(testApp(), 'Stack');
    const userPool = own(stack);
    const userPoolClients = [userPool.addClient('Web')];
    const authorizer = () => HttpAuthorizer.cognito({ userPools: [userPool], userPoolClients });
    const integration = HttpIntegration.http('https://example.com/');
    new HttpGateway(stack, 'Api', {
      routes: {
        'GET /a': { integration, authorizer: authorizer() },
        'GET /b': { integration, authorizer: authorizer() },
      },
    });
    const [{ Properties }] = Object.values<Json>(templateOf(stack).Resources).filter(
      ({ Type }) => Type === 'AWS::ApiGatewayV2::Api',
    );
    expect(Object.keys(Properties.Body.components.securitySchemes)).toEqual(['cognito-Pool']);
  });
});

test.each([
  ['eu-west-1_AbCdEfGhI', 'eu-west-1'],
  ['us-gov-west-1_AbCdEfGhI', 'us-gov-west-1'],
  ['ap-southeast-2_1', 'ap-southeast-2'],
  ['eusc-de-east-1_x', 'eusc-de-east-1'],
  ['local', undefined],
  ['eu-west-1', undefined],
  ['_x', undefined],
  ['eu-west-1_', undefined],
])('the Region of the user pool %s', (pool, region) => {
  expect(regionOfUserPool(pool)).toBe(region);
});

test('the names of endpoints end as those of the CDK', () => {
  const regions = [
    'eu-west-1',
    'us-gov-west-1',
    'cn-north-1',
    'eusc-de-east-1',
    'us-iso-west-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'us-isof-south-1',
  ];
  for (const region of regions)
    expect([region, dnsSuffixOf(region)]).toEqual([region, RegionInfo.get(region).domainSuffix]);
});

test.each(['us-west-2', undefined])(
  'a REST API (%s) asks for a pool by an ARN of the Region that its id names',
  (region) => {
    const stack = new Stack(testApp(), 'Stack', { env: { region } });
    const far = UserPool.fromUserPoolId(stack, 'Far', 'eu-central-1_Abc123');
    const userPoolArn = 'arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Abc123';
    const byArn = UserPool.fromUserPoolArn(stack, 'ByArn', userPoolArn);
    const own = new UserPool(stack, 'Own');
    new RestGateway(stack, 'Rest', {
      defaultAuthorizer: RestAuthorizer.cognito({ userPools: [far, byArn, own] }),
      routes: { 'GET /': { integration: RestIntegration.mock() } },
      webAcl: WebAcl.none('test'),
    });
    const { Resources } = templateOf(stack);
    const { Body } = Object.values<Json>(Resources).find(({ Type }) => Type === 'AWS::ApiGateway::RestApi').Properties;
    const [scheme] = Object.values<Json>(Body.components.securitySchemes);
    expect(scheme['x-amazon-apigateway-authorizer'].providerARNs.map(flat)).toEqual([
      'arn:<AWS::Partition>:cognito-idp:eu-central-1:<AWS::AccountId>:userpool/eu-central-1_Abc123',
      userPoolArn,
      '<Own.Arn>',
    ]);
  },
);

describe('the document of a REST API for its callers', () => {
  test.each([
    [
      'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a',
      'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a',
    ],
    [
      'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/us-east-1_a',
      'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_a',
    ],
    [
      'arn:aws-cn:cognito-idp:cn-north-1:123456789012:userpool/cn-north-1_a',
      'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_a',
    ],
    [
      'arn:<AWS::Partition>:cognito-idp:<AWS::Region>:<AWS::AccountId>:userpool/eu-west-1_a',
      'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a',
    ],
    ['<Pool.Arn>', 'https://cognito-idp.REGION.amazonaws.com/USER_POOL_ID'],
  ])('names the issuer of %s', (pool, issuer) => {
    const scheme = {
      type: 'apiKey',
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [pool] },
    };
    const document: Json = cleaned({
      openapi: '3.0.1',
      paths: { '/': { get: { security: [{ users: ['read'] }] } } },
      components: { securitySchemes: { users: scheme } },
    });
    expect(document.components.securitySchemes.users.openIdConnectUrl).toBe(
      `${issuer}/.well-known/openid-configuration`,
    );
  });
});
