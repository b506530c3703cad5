import { join } from 'node:path';
import { IpAddressType, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ApiDomain,
  ApiDomainEndpointType,
  ApiDomainRecords,
  ApiKind,
  ExistingApi,
  RestEndpointType,
  TrustStore,
} from '../../lib';
import { bodyOf, ids, resource, templateOf } from '../support/stacks';
import { certificate, domain, FakeGateway, raw, rest, stackOf, zone } from './support';

const NAME = 'AWS::ApiGateway::DomainName';
const MAPPING = 'AWS::ApiGatewayV2::ApiMapping';
const PEM = join(__dirname, 'certificates', 'ec.pem');

describe('one line on a gateway', () => {
  const stack = stackOf();
  const api = rest(stack, 'Orders', {
    domain: { domainName: 'api.example.com', hostedZone: zone(stack), path: 'orders' },
  });
  const template = templateOf(stack);

  test('makes certificate, domain, records and mapping, with ids that stay', () => {
    const made = Object.entries<{ Type: string }>(template.Resources).map(([id, { Type }]) => `${id} ${Type}`);
    expect(made.filter((line) => line.startsWith('OrdersDomain')).sort()).toEqual([
      'OrdersDomain971FD14C AWS::ApiGateway::DomainName',
      'OrdersDomainCertificateD59FC720 AWS::CertificateManager::Certificate',
      'OrdersDomainMappingorders1F3C53A2 AWS::ApiGatewayV2::ApiMapping',
      'OrdersDomainRecordA5713C5A2 AWS::Route53::RecordSet',
      'OrdersDomainRecordAAAAE5930865 AWS::Route53::RecordSet',
    ]);
  });

  test('the certificate is validated in the zone', () => {
    expect(resource(template, 'AWS::CertificateManager::Certificate').Properties).toEqual({
      DomainName: 'api.example.com',
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'api.example.com', HostedZoneId: 'Z1' }],
    });
  });

  test('the mapping refers to the resources of API and stage, so that it is made after them', () => {
    expect(resource(template, MAPPING).Properties).toEqual({
      ApiId: { Ref: stack.getLogicalId(api.cfnApi) },
      ApiMappingKey: 'orders',
      DomainName: { Ref: ids(template, NAME)[0] },
      Stage: { Ref: stack.getLogicalId(api.cfnStage('prod')) },
    });
  });

  test('the default endpoint is off, in the resource and in the document', () => {
    expect(resource(template, 'AWS::ApiGateway::RestApi').Properties.DisableExecuteApiEndpoint).toBe(true);
    expect(bodyOf(stack).servers[0]['x-amazon-apigateway-endpoint-configuration']).toEqual({
      disableExecuteApiEndpoint: true,
    });
  });

  test('the output is the URL that answers', () => {
    expect(Object.values(template.Outputs)).toEqual([
      { Description: 'URL of stage prod', Value: 'https://api.example.com/orders/' },
    ]);
    expect(api.domain?.urlForPath('orders')).toBe('https://api.example.com/orders/');
  });

  test('the default endpoint stays on where the user says so, and on a private API', () => {
    const own = stackOf();
    rest(own, 'Orders', {
      domain: { domainName: 'api.example.com', hostedZone: zone(own) },
      disableExecuteApiEndpoint: false,
    });
    expect(resource(templateOf(own), 'AWS::ApiGateway::RestApi').Properties.DisableExecuteApiEndpoint).toBe(false);
    expect(bodyOf(own).servers).toBeUndefined();
  });

  test('of several stages each can have its path', () => {
    const own = stackOf();
    const gateway = rest(own, 'Orders', {
      stages: { dev: {}, prod: {} },
      domain: { domainName: 'api.example.com', hostedZone: zone(own), stage: 'prod' },
    });
    gateway.domain?.map(gateway, { path: 'dev', stage: 'dev' });
    const made = templateOf(own);
    expect(ids(made, MAPPING).map((id) => made.Resources[id].Properties.ApiMappingKey)).toEqual([undefined, 'dev']);
  });
});

describe('one name for several APIs', () => {
  const stack = stackOf();
  const names = domain(stack);
  names.map(rest(stack, 'Orders'), { path: 'orders' });
  names.map(raw(stack, ApiKind.HTTP), { path: 'search/v1' });
  names.map(ExistingApi.fromAttributes({ kind: ApiKind.REST, apiId: 'abc123', stageName: 'live' }));
  const template = templateOf(stack);

  test('each has a mapping whose id is of the path', () => {
    expect(ids(template, MAPPING)).toEqual([
      'NamesMappingordersF3AB11BE',
      'NamesMappingsearchv1C67E3D90',
      'NamesMappingroot4DFCD751',
    ]);
    expect(template.Resources.NamesMappingsearchv1C67E3D90.Properties).toMatchObject({
      ApiId: { Ref: 'RawHTTP' },
      ApiMappingKey: 'search/v1',
      Stage: { Ref: 'RawHTTPStage' },
    });
    expect(template.Resources.NamesMappingroot4DFCD751.Properties).toMatchObject({ ApiId: 'abc123', Stage: 'live' });
  });

  test('an HTTP API takes TLS_1_2 only, without access mode', () => {
    const { Properties: properties } = resource(template, NAME);
    expect(properties.SecurityPolicy).toBe('TLS_1_2');
    expect(properties).not.toHaveProperty('EndpointAccessMode');
  });

  test('a slash and a hyphen make different ids', () => {
    const own = stackOf();
    const both = domain(own);
    both.map(new FakeGateway(), { path: 'a/b' });
    both.map(new FakeGateway(), { path: 'a-b' });
    expect(new Set(ids(templateOf(own), MAPPING)).size).toBe(2);
  });

  test('WebSocket APIs share a name among themselves', () => {
    const own = stackOf();
    const sockets = domain(own);
    const gateway = new FakeGateway({ kind: ApiKind.WEBSOCKET, label: 'Chat', apiId: 'ws1' });
    sockets.map(gateway, { path: 'chat', stage: 'prod' });
    sockets.map(new FakeGateway({ kind: ApiKind.WEBSOCKET, label: 'News', apiId: 'ws2' }), { path: 'news' });
    expect(gateway.asked).toEqual(['prod']);
    expect(resource(templateOf(own), NAME).Properties.SecurityPolicy).toBe('TLS_1_2');
  });
});

describe('TLS', () => {
  test('REST APIs alone: forward secrecy, post-quantum, strict', () => {
    const stack = stackOf();
    domain(stack).map(rest(stack));
    expect(resource(templateOf(stack), NAME).Properties).toMatchObject({
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
      EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' },
    });
  });

  test('a policy of the user stays', () => {
    const stack = stackOf();
    domain(stack, { securityPolicy: SecurityPolicy.TLS13_1_3_2025_09 });
    domain(stack, { securityPolicy: SecurityPolicy.TLS_1_2 }, 'Legacy');
    const template = templateOf(stack);
    expect(resource(template, NAME, /Names/).Properties).toMatchObject({
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
    });
    expect(resource(template, NAME, /Legacy/).Properties.SecurityPolicy).toBe('TLS_1_2');
  });

  test('EDGE: certificate of us-east-1, its own policy, mappings of one level', () => {
    const stack = stackOf();
    const names = domain(stack, {
      endpointType: ApiDomainEndpointType.EDGE,
      certificate: certificate(stack, 'Given', 'us-east-1'),
    });
    names.map(rest(stack, 'Orders', { endpointType: RestEndpointType.EDGE }), { path: 'orders' });
    const template = templateOf(stack);
    const { Properties: properties } = resource(template, NAME);
    expect(properties).toMatchObject({
      CertificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/Given',
      SecurityPolicy: 'SecurityPolicy_TLS12_PFS_2025_EDGE',
    });
    expect(properties).not.toHaveProperty('RegionalCertificateArn');
    expect(resource(template, 'AWS::ApiGateway::BasePathMapping').Properties).toMatchObject({ BasePath: 'orders' });
    expect(resource(template, 'AWS::Route53::RecordSet', /RecordA[^A]/).Properties.AliasTarget.DNSName).toEqual({
      'Fn::GetAtt': [expect.any(String), 'DistributionDomainName'],
    });
  });
});

describe('records', () => {
  const aliases = (props: Parameters<typeof domain>[1]) => {
    const stack = stackOf();
    domain(stack, props);
    const template = templateOf(stack);
    return ids(template, 'AWS::Route53::RecordSet').map((id) => template.Resources[id].Properties);
  };

  test('A and AAAA; A alone without IPv6; none where there is no zone, or on wish', () => {
    expect(aliases({}).map(({ Type }) => Type)).toEqual(['A', 'AAAA']);
    expect(aliases({ ipAddressType: IpAddressType.IPV4 }).map(({ Type }) => Type)).toEqual(['A']);
    expect(aliases({ records: ApiDomainRecords.none() })).toEqual([]);
  });

  test('weighted and by latency, told apart by the Region', () => {
    for (const record of aliases({ records: ApiDomainRecords.weighted(10, { healthCheckId: 'h1' }) })) {
      expect(record).toMatchObject({ Weight: 10, SetIdentifier: 'eu-west-1', HealthCheckId: 'h1' });
      expect(record.AliasTarget.EvaluateTargetHealth).toBe(true);
    }
    for (const record of aliases({ records: ApiDomainRecords.latency({ setIdentifier: 'blue' }) })) {
      expect(record).toMatchObject({ Region: 'eu-west-1', SetIdentifier: 'blue' });
    }
  });

  test('on EDGE the health of the target is not asked for, which Route 53 refuses of CloudFront', () => {
    const east = { env: { region: 'us-east-1', account: '111111111111' } };
    for (const records of [ApiDomainRecords.weighted(10), ApiDomainRecords.latency(), ApiDomainRecords.simple()]) {
      const stack = stackOf('Stack', undefined, east);
      domain(stack, { records, endpointType: ApiDomainEndpointType.EDGE });
      const template = templateOf(stack);
      const made = ids(template, 'AWS::Route53::RecordSet').map((id) => template.Resources[id].Properties);
      expect(made).toHaveLength(2);
      for (const { AliasTarget } of made) expect(AliasTarget).not.toHaveProperty('EvaluateTargetHealth');
    }
  });

  test('what they point to can be had without a zone', () => {
    const stack = stackOf();
    const names = new ApiDomain(stack, 'Names', { domainName: 'api.example.com', certificate: certificate(stack) });
    expect(stack.resolve([names.regionalDomainName, names.regionalHostedZoneId])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), 'RegionalDomainName'] },
      { 'Fn::GetAtt': [expect.any(String), 'RegionalHostedZoneId'] },
    ]);
  });
});

describe('mutual TLS', () => {
  test('a bucket object with its version; TLS_1_2; the default endpoint of the gateway is off', () => {
    const stack = stackOf();
    const bucket = Bucket.fromBucketName(stack, 'Bucket', 'trust');
    const names = domain(stack, {
      mutualTls: { trustStore: TrustStore.fromBucket(bucket, 'ca/partners.pem', 'v7') },
      ownershipCertificate: certificate(stack, 'Owner'),
    });
    names.map(rest(stack));
    names.map(raw(stack, ApiKind.HTTP, true), { path: 'http' });
    const template = templateOf(stack);
    expect(resource(template, NAME).Properties).toMatchObject({
      MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca/partners.pem', TruststoreVersion: 'v7' },
      OwnershipVerificationCertificateArn: 'arn:aws:acm:eu-west-1:111111111111:certificate/Owner',
      SecurityPolicy: 'TLS_1_2',
    });
    expect(resource(template, 'AWS::ApiGateway::RestApi').Properties.DisableExecuteApiEndpoint).toBe(true);
  });

  test('PEM files become one asset, whose key changes with them', () => {
    const uriOf = (...files: string[]) => {
      const stack = stackOf();
      domain(stack, { mutualTls: { trustStore: TrustStore.fromPemFiles(...files) } });
      return resource(templateOf(stack), NAME).Properties.MutualTlsAuthentication;
    };
    const one = uriOf(PEM);
    expect(one).toEqual({
      TruststoreUri: expect.stringMatching(/^s3:\/\/cdk-hnb659fds-assets-111111111111-eu-west-1\/[0-9a-f]{64}\.pem$/),
    });
    expect(uriOf(PEM)).toEqual(one);
    expect(uriOf(PEM, PEM)).not.toEqual(one);
  });
});

describe('a private name', () => {
  const stack = stackOf();
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 });
  const endpoint = vpc.addInterfaceEndpoint('ExecuteApi', { service: InterfaceVpcEndpointAwsService.APIGATEWAY });
  const api = rest(stack, 'Stock', {
    endpointType: RestEndpointType.PRIVATE,
    vpcEndpoints: [endpoint],
    domain: {
      domainName: 'stock.internal.example.com',
      hostedZone: new PrivateHostedZone(stack, 'Private', { vpc, zoneName: 'internal.example.com' }),
      validationZone: zone(stack),
    },
  });
  const template = templateOf(stack);
  const arn = { 'Fn::GetAtt': ['StockDomain109050D7', 'DomainNameArn'] };

  test('takes endpoint type and VPC endpoints from its gateway', () => {
    expect(resource(template, 'AWS::ApiGateway::DomainNameV2').Properties).toMatchObject({
      DomainName: 'stock.internal.example.com',
      EndpointConfiguration: { Types: ['PRIVATE'], IpAddressType: 'dualstack' },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'BASIC',
    });
    expect(api.domain?.cfnDomainName).toBeUndefined();
    expect(api.domain?.cfnDomainNameV2?.domainName).toBe('stock.internal.example.com');
  });

  test('lets in the VPC endpoint and nothing else', () => {
    const { Statement: statements } = resource(template, 'AWS::ApiGateway::DomainNameV2').Properties.Policy;
    expect(statements).toEqual([
      { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { StringNotEquals: { 'aws:SourceVpce': [{ Ref: expect.stringMatching(/^VpcExecuteApi/) }] } },
      },
    ]);
    expect(resource(template, 'AWS::ApiGateway::DomainNameAccessAssociation').Properties).toEqual({
      DomainNameArn: arn,
      AccessAssociationSource: { Ref: expect.stringMatching(/^VpcExecuteApi/) },
      AccessAssociationSourceType: 'VPCE',
    });
  });

  test('is mapped by ARN, and resolved inside of the VPC', () => {
    expect(resource(template, 'AWS::ApiGateway::BasePathMappingV2').Properties).toEqual({
      DomainNameArn: arn,
      RestApiId: { Ref: expect.stringMatching(/^Stock/) },
      Stage: { Ref: expect.stringMatching(/^StockStageprod/) },
    });
    const record = resource(template, 'AWS::Route53::RecordSet').Properties;
    expect(record).toMatchObject({ Type: 'A', Name: 'stock.internal.example.com' });
    expect(JSON.stringify(record.AliasTarget)).toContain('DnsEntries');
    expect(resource(template, 'AWS::CertificateManager::Certificate').Properties.DomainValidationOptions).toEqual([
      { DomainName: 'stock.internal.example.com', HostedZoneId: 'Z1' },
    ]);
  });

  test('its API keeps the default endpoint, which its VPC endpoints alone reach', () => {
    expect(resource(template, 'AWS::ApiGateway::RestApi').Properties.DisableExecuteApiEndpoint).toBe(false);
  });

  test('an imported VPC endpoint with the target of the records', () => {
    const own = stackOf();
    domain(own, {
      endpointType: ApiDomainEndpointType.PRIVATE,
      vpcEndpoints: [
        InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(own, 'E', { vpcEndpointId: 'vpce-1', port: 443 }),
      ],
      aliasTarget: { dnsName: 'vpce-1.execute-api.eu-west-1.vpce.amazonaws.com', hostedZoneId: 'ZV' },
    });
    expect(resource(templateOf(own), 'AWS::Route53::RecordSet').Properties.AliasTarget).toEqual({
      DNSName: 'vpce-1.execute-api.eu-west-1.vpce.amazonaws.com',
      HostedZoneId: 'ZV',
    });
  });
});

test('a domain made elsewhere is mapped by its name', () => {
  const stack = stackOf();
  const names = ApiDomain.fromApiDomainAttributes(stack, 'Names', { domainName: 'api.example.com' });
  names.map(rest(stack), { path: 'orders' });
  names.addRoutingRule('preview', rest(stack, 'Next'), { priority: 10 });
  const template = templateOf(stack);
  expect(resource(template, MAPPING).Properties.DomainName).toBe('api.example.com');
  expect(resource(template, 'AWS::ApiGatewayV2::RoutingRule').Properties.DomainNameArn).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:eu-west-1::/domainnames/api.example.com']],
  });
  expect(names.urlForPath()).toBe('https://api.example.com/');
});
