import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { ApiDomain, RestAuthorizer, RestGateway, type RestGatewayProps, RestIntegration, WebAcl } from '../../lib';
import { dnsSuffixOf, isOffered, partitionOf } from '../../lib/facts/partitions';
import { resource, templateOf } from '../support/stacks';

function gatewayIn(region: string | undefined, props: Partial<RestGatewayProps> = {}) {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new Stack(app, 'Stack', region === undefined ? {} : { env: { account: '111122223333', region } });
  const api = new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes: { 'GET /': { integration: RestIntegration.mock() } },
    ...props,
  });
  return { stack, api };
}

test('partition and suffix of every Region are those that the CDK knows', () => {
  expect(RegionInfo.regions.length).toBeGreaterThan(30);
  for (const { name, partition, domainSuffix } of RegionInfo.regions)
    expect([name, partitionOf(name), dnsSuffixOf(name)]).toEqual([name, partition, domainSuffix]);
});

test.each([
  ['us-gov-west-1', ['edge', 'enhancedTls', 'httpCloudMap']],
  ['us-gov-east-1', ['edge', 'enhancedTls', 'httpPrivate', 'httpCloudMap']],
  ['cn-north-1', ['edge', 'cognitoAuthorizer', 'httpCloudMap']],
  ['cn-northwest-1', ['edge', 'cognitoAuthorizer', 'httpCloudMap']],
  ['eu-west-1', []],
  ['us-west-1', []],
])('what is not offered in %s', (region, lacking) => {
  const all = ['edge', 'enhancedTls', 'cognitoAuthorizer', 'httpPrivate', 'httpCloudMap'] as const;
  expect(all.filter((feature) => !isOffered(feature, region))).toEqual(lacking);
});

describe('the TLS policy that nobody sets', () => {
  const ENHANCED = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';

  test.each([
    ['us-gov-west-1', ['TLS_1_2', undefined]],
    ['us-gov-east-1', ['TLS_1_2', undefined]],
    ['cn-north-1', [ENHANCED, 'STRICT']],
    ['eu-west-1', [ENHANCED, 'STRICT']],
    [undefined, [ENHANCED, 'STRICT']],
  ])('is one that %s has, on APIs and names', (region, expected) => {
    const { stack, api } = gatewayIn(region);
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
    new ApiDomain(stack, 'Domain', { domainName: 'api.example.com', hostedZone: zone }).map(api);
    const template = templateOf(stack);
    for (const type of ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainName']) {
      const { SecurityPolicy: policy, EndpointAccessMode: mode } = resource(template, type).Properties;
      expect([type, policy, mode]).toEqual([type, ...expected]);
    }
  });

  test('is not put in place of what somebody sets', () => {
    const { stack } = gatewayIn('us-gov-west-1', { securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09 });
    expect(resource(templateOf(stack), 'AWS::ApiGateway::RestApi').Properties.SecurityPolicy).toBe(ENHANCED);
  });
});

test.each([
  ['cn-north-1', 'arn:aws-cn:execute-api:cn-north-1:111122223333:'],
  ['us-gov-west-1', 'arn:aws-us-gov:execute-api:us-gov-west-1:111122223333:'],
  ['eu-west-1', 'arn:aws:execute-api:eu-west-1:111122223333:'],
  [undefined, 'arn:<partition>:execute-api:<region>:<account>:'],
])('the command for the owner of a function names the partition of %s', (region, source) => {
  const { stack, api } = gatewayIn(region);
  const partition = region === undefined ? 'aws' : partitionOf(region);
  const functionArn = `arn:${partition}:lambda:${region ?? 'eu-west-1'}:444455556666:function:theirs`;
  const theirs = Function.fromFunctionAttributes(stack, 'Theirs', { functionArn, sameEnvironment: false });
  api.addRoute('GET /theirs', { integration: RestIntegration.lambda(theirs) });
  templateOf(stack);
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('add-permission'));
  const texts = warnings.map(({ entry }) => String(entry.data));
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain(`--source-arn "${source}`);
});
