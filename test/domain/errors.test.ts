import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack } from 'aws-cdk-lib';
import { EndpointAccessMode, IpAddressType, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpoint, type IVpcEndpoint, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ApiDomain,
  ApiDomainEndpointType,
  type ApiDomainProps,
  ApiDomainRecords,
  ApiDomainRoutingMode,
  ApiKind,
  ExistingApi,
  RestEndpointType,
  TrustStore,
} from '../../lib';
import { templateOf } from '../support/stacks';
import { certificate, domain, FakeGateway, raw, rest, stackOf, zone } from './support';

const { EDGE, PRIVATE } = ApiDomainEndpointType;
const NAMES = "ApiDomain 'Names': ";
const ENHANCED = SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;

const endpoints = (stack: Stack, count = 1): IVpcEndpoint[] =>
  Array.from({ length: count }, (_, i) =>
    InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, `E${i}`, { vpcEndpointId: `vpce-${i}`, port: 443 }),
  );
const trust = (stack: Stack) => ({
  trustStore: TrustStore.fromBucket(Bucket.fromBucketName(stack, 'Trust', 'trust'), 'ca.pem', 'v1'),
});
const edge = (stack: Stack) => ({ endpointType: EDGE, certificate: certificate(stack, 'Edge', 'us-east-1') });
const privately = (stack: Stack) => ({
  endpointType: PRIVATE,
  vpcEndpoints: endpoints(stack),
  records: ApiDomainRecords.none(),
});

describe('props', () => {
  test.each<[string, (stack: Stack) => Partial<ApiDomainProps>]>([
    [
      'domainName "https://API.example.com/v1" must be only a name, in lower case, without "_", https:// and path; write "api.example.com"',
      () => ({ domainName: 'https://API.example.com/v1' }),
    ],
    [
      'domainName "my_api" must be only a name, in lower case, without "_", https:// and path, e.g. "api.example.com"',
      () => ({ domainName: 'my_api' }),
    ],
    [
      'domainName "api.other.com" is not in the zone "example.com"; give the zone of the name',
      () => ({ domainName: 'api.other.com' }),
    ],
    [
      'domainName "api.other.com" is not in the zone "example.com"; give the zone of the name, or leave hostedZone out and create the records elsewhere',
      (stack) => ({ domainName: 'api.other.com', certificate: certificate(stack) }),
    ],
    [
      'records are created in hostedZone, which is missing; set hostedZone, or leave records out',
      (stack) => ({
        hostedZone: undefined,
        certificate: certificate(stack),
        records: ApiDomainRecords.weighted(1),
      }),
    ],
    [
      'certificate is missing; pass one, or set hostedZone, in which a new one is validated (and validationZone if hostedZone is private)',
      () => ({ hostedZone: undefined }),
    ],
    [
      'a certificate is validated in a public zone, and "Stack/Inside" is private; pass the public one as validationZone, or pass a certificate',
      (stack) => ({
        hostedZone: new PrivateHostedZone(stack, 'Inside', {
          zoneName: 'example.com',
          vpc: Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'vpc-1', availabilityZones: ['a'] }),
        }),
      }),
    ],
    [
      'validationZone validates a new certificate, but certificate is set; leave one of them out',
      (stack) => ({ certificate: certificate(stack), validationZone: zone(stack) }),
    ],
    [
      'certificate is in us-east-1, and the stack is in eu-west-1; pass a certificate for the name in eu-west-1',
      (stack) => ({ certificate: certificate(stack, 'C', 'us-east-1') }),
    ],
    [
      'certificate is in eu-west-1, and an EDGE domain needs one in us-east-1; pass a certificate for the name in us-east-1, or make the domain REGIONAL',
      (stack) => ({ certificate: certificate(stack), endpointType: EDGE }),
    ],
    [
      'certificate is missing: an EDGE domain needs one in us-east-1, and this stack is in eu-west-1; create one in a stack in us-east-1 ' +
        '(crossRegionReferences: true on both stacks) and pass it, or make the domain REGIONAL',
      () => ({ endpointType: EDGE }),
    ],
    [
      'ownershipCertificate is in us-east-1, and the stack is in eu-west-1; pass a certificate for the name in eu-west-1',
      (stack) => ({ mutualTls: trust(stack), ownershipCertificate: certificate(stack, 'O', 'us-east-1') }),
    ],
    [
      'ownershipCertificate is only for mutualTls; leave it out',
      (stack) => ({ ownershipCertificate: certificate(stack) }),
    ],
    [
      'mutualTls is for REGIONAL domains, and this one is EDGE; leave endpointType or mutualTls out',
      (stack) => ({ ...edge(stack), mutualTls: trust(stack) }),
    ],
    [
      `mutual TLS supports no policy that starts with "SecurityPolicy_", and securityPolicy is ${ENHANCED}; leave it out for TLS_1_2`,
      (stack) => ({ mutualTls: trust(stack), securityPolicy: ENHANCED }),
    ],
    [
      'mutual TLS supports no endpointAccessMode, which requires a policy that starts with "SecurityPolicy_"; leave it out',
      (stack) => ({ mutualTls: trust(stack), endpointAccessMode: EndpointAccessMode.BASIC }),
    ],
    [
      'mutual TLS does not support securityPolicy TLS_1_0; leave it out',
      (stack) => ({ mutualTls: trust(stack), securityPolicy: SecurityPolicy.TLS_1_0 }),
    ],
    [
      'securityPolicy SecurityPolicy_TLS12_PFS_2025_EDGE is for EDGE domains, and this one is REGIONAL',
      () => ({ securityPolicy: SecurityPolicy.TLS12_PFS_2025_EDGE }),
    ],
    [
      `securityPolicy ${ENHANCED} is for REGIONAL and PRIVATE domains, and this one is EDGE`,
      (stack) => ({ ...edge(stack), securityPolicy: ENHANCED }),
    ],
    [
      'endpointAccessMode requires a policy that starts with "SecurityPolicy_"; securityPolicy is TLS_1_2',
      () => ({ securityPolicy: SecurityPolicy.TLS_1_2, endpointAccessMode: EndpointAccessMode.STRICT }),
    ],
    [
      'vpcEndpoints is only for PRIVATE domains, and this one is REGIONAL; set endpointType: ApiDomainEndpointType.PRIVATE, or leave them out',
      (stack) => ({ vpcEndpoints: endpoints(stack) }),
    ],
    [
      'aliasTarget is only for PRIVATE domains; leave it out',
      () => ({ aliasTarget: { dnsName: 'x', hostedZoneId: 'Z' } }),
    ],
    [
      'vpcEndpoints is missing: a PRIVATE name can be reached only through VPC endpoints of execute-api',
      () => ({ endpointType: PRIVATE }),
    ],
    [
      'ipAddressType of a PRIVATE domain must be DUAL_STACK, got: IPV4; leave it out',
      (stack) => ({ ...privately(stack), ipAddressType: IpAddressType.IPV4 }),
    ],
    [
      'a record points to one VPC endpoint, but there are 2; pass the one that hostedZone is for as aliasTarget, ' +
        'or records: ApiDomainRecords.none() and a record in the zone of each VPC',
      (stack) => ({ endpointType: PRIVATE, vpcEndpoints: endpoints(stack, 2) }),
    ],
    [
      'the DNS name of the VPC endpoint "Stack/E0" is unknown, because it is imported; pass it as aliasTarget: ' +
        '{ dnsName: "vpce-….execute-api.<region>.vpce.amazonaws.com", hostedZoneId: "Z…" }',
      (stack) => ({ endpointType: PRIVATE, vpcEndpoints: endpoints(stack) }),
    ],
  ])('%s', (message, props) => {
    const stack = stackOf();
    expect(() => domain(stack, props(stack))).toThrow(new Error(NAMES + message));
  });

  test('of a private name there is no Regional one', () => {
    const stack = stackOf();
    const names = domain(stack, privately(stack));
    const message = 'is only for REGIONAL and EDGE domains; a PRIVATE name points to its VPC endpoint';
    expect(() => names.regionalDomainName).toThrow(new Error(`${NAMES}regionalDomainName ${message}`));
    expect(() => names.regionalHostedZoneId).toThrow(new Error(`${NAMES}regionalHostedZoneId ${message}`));
  });

  test('of an imported private name the ARN is needed', () => {
    const attributes = { domainName: 'a.example.com', endpointType: PRIVATE };
    expect(() => ApiDomain.fromApiDomainAttributes(stackOf(), 'Names', attributes)).toThrow(
      new Error(`${NAMES}domainNameArn of a PRIVATE domain is required, because it contains an id`),
    );
  });

  test.each([-1, 256, 1.5])('a weight of %s', (weight) => {
    expect(() => ApiDomainRecords.weighted(weight)).toThrow(
      new Error(`ApiDomainRecords.weighted: the weight must be a whole number from 0 to 255, got: ${weight}`),
    );
  });
});

describe('mappings', () => {
  const http = new FakeGateway();
  const socket = new FakeGateway({ kind: ApiKind.WEBSOCKET, label: "WebSocketGateway 'Chat'" });
  const map = (api: FakeGateway | ExistingApi, path?: string) => (names: ApiDomain) => names.map(api, { path });

  test.each<
    [
      string,
      Partial<ApiDomainProps> | ((stack: Stack) => Partial<ApiDomainProps>),
      (names: ApiDomain, stack: Stack) => void,
    ]
  >([
    ['path "/orders/" must not begin or end with "/" or contain "//"; write "orders"', {}, map(http, '/orders/')],
    ['path "a//b" must not begin or end with "/" or contain "//"; write "a/b"', {}, map(http, 'a//b')],
    ['path "/" must not begin or end with "/" or contain "//"; leave it out for the whole name', {}, map(http, '/')],
    ['path "a b" may contain only letters, digits and $-_.+!*\'()/', {}, map(http, 'a b')],
    ['path has 301 characters; the maximum is 300', {}, map(http, 'a'.repeat(301))],
    [
      "path \"a\" is HttpGateway 'Http''s already; choose another path",
      {},
      (names) => [1, 2].forEach(() => names.map(http, { path: 'a' })),
    ],
    [
      "the whole name is HttpGateway 'Http''s already; choose another path",
      {},
      (names) => [1, 2].forEach(() => names.map(http)),
    ],
    [
      'path "a/b" has several levels, and EDGE domains support one; use a path without "/"',
      edge,
      (names, stack) => names.map(rest(stack), { path: 'a/b' }),
    ],
    [
      'path "a/b" has several levels, and PRIVATE domains support one; use a path without "/", or use addRoutingRule',
      privately,
      (names, stack) => names.map(rest(stack), { path: 'a/b' }),
    ],
    [
      'path "a/b" has several levels, which need TLS 1.2; leave securityPolicy TLS_1_0 out',
      { securityPolicy: SecurityPolicy.TLS_1_0 },
      (names, stack) => names.map(rest(stack), { path: 'a/b' }),
    ],
    [
      'the domain has 200 paths with several levels, which is the quota; use a path without "/"',
      {},
      (names) => Array.from({ length: 201 }).forEach((_, i) => names.map(http, { path: `a/${i}` })),
    ],
    [
      "WebSocketGateway 'Chat' is a WebSocket API, which can share a domain only with WebSocket APIs, and HttpGateway 'Http' is on it; " +
        'create a separate ApiDomain for it, e.g. "ws.example.com"',
      {},
      (names) => {
        names.map(http, { path: 'a' });
        names.map(socket, { path: 'b' });
      },
    ],
    [
      "HttpGateway 'Http' is an HTTP API, and EDGE domains are for REST APIs only; make the domain REGIONAL",
      edge,
      map(http),
    ],
    [
      "WebSocketGateway 'Chat' is a WebSocket API, and PRIVATE domains are for REST APIs only; make the domain REGIONAL",
      privately,
      map(socket),
    ],
    [
      "RestGateway 'Orders' is REGIONAL, and PRIVATE domains are for private APIs only; give both the same endpoint type",
      privately,
      (names) =>
        names.map(new FakeGateway({ kind: ApiKind.REST, label: "RestGateway 'Orders'", endpointType: 'REGIONAL' })),
    ],
    [
      'the REST API "abc" is a private API, which only a PRIVATE domain can reach; set endpointType: ApiDomainEndpointType.PRIVATE on the domain',
      {},
      map(ExistingApi.fromAttributes({ kind: ApiKind.REST, apiId: 'abc', stageName: 'p', endpointType: 'PRIVATE' })),
    ],
    [
      "RestGateway 'Orders' is REGIONAL and has endpointAccessMode STRICT, which rejects requests through an EDGE domain; " +
        'set endpointAccessMode: EndpointAccessMode.BASIC there, or give API and domain the same endpoint type',
      edge,
      (names, stack) => names.map(rest(stack)),
    ],
    [
      `RestGateway 'Orders' has the securityPolicy ${ENHANCED} and a path with several levels, "orders/v1", so ` +
        "HttpGateway 'Http' cannot be on the same domain; set securityPolicy: SecurityPolicy.TLS_1_2 there, or give it a path with one level",
      {},
      (names, stack) => {
        names.map(http);
        names.map(rest(stack), { path: 'orders/v1' });
      },
    ],
    [
      'clients without a certificate could bypass mutual TLS through the default endpoint of the HTTP API "http1"; ' +
        'switch it off there with disableExecuteApiEndpoint: true',
      (stack) => ({ mutualTls: trust(stack) }),
      map(ExistingApi.fromAttributes({ kind: ApiKind.HTTP, apiId: 'http1', stageName: '$default' })),
    ],
    [
      "clients without a certificate could bypass mutual TLS through the default endpoint of RestGateway 'Orders'; " +
        'switch it off there with disableExecuteApiEndpoint: true',
      (stack) => ({ mutualTls: trust(stack) }),
      (names, stack) => names.map(rest(stack, 'Orders', { disableExecuteApiEndpoint: false })),
    ],
    [
      "WebSocketGateway 'Chat' is a WebSocket API, and mutual TLS is for REST and HTTP APIs only; create a separate ApiDomain for it, " +
        'and let an authorizer check the callers',
      (stack) => ({ mutualTls: trust(stack) }),
      map(socket),
    ],
    [
      "HttpGateway 'Http' needs securityPolicy TLS_1_2, and the domain has TLS_1_0; leave securityPolicy out",
      { securityPolicy: SecurityPolicy.TLS_1_0 },
      map(http),
    ],
    [
      'routingMode RULES_ONLY allows no mappings; use addRoutingRule (a rule without conditions matches all requests that no other rule matched), or leave routingMode out',
      { routingMode: ApiDomainRoutingMode.RULES_ONLY },
      map(http),
    ],
    [
      "the domain has routing rules, which support only REST APIs, and HttpGateway 'Http' is not one; give it a separate domain",
      {},
      (names, stack) => {
        names.addRoutingRule('r', rest(stack), { priority: 1 });
        names.map(http);
      },
    ],
    [
      'path must be a literal, because ids are derived from it',
      {},
      (names) => names.map(http, { path: names.domainNameArn }),
    ],
  ])('%s', (message, props, act) => {
    const stack = stackOf();
    const names = domain(stack, typeof props === 'function' ? props(stack) : props);
    expect(() => act(names, stack)).toThrow(new Error(`${NAMES}map: ${message}`));
  });

  test('a policy that HTTP APIs do not take, asked for', () => {
    const names = domain(stackOf(), { securityPolicy: ENHANCED });
    expect(() => names.map(new FakeGateway())).toThrow(
      new Error(
        `${NAMES}HttpGateway 'Http' is an HTTP API, and those support no policy that starts with "SecurityPolicy_", and securityPolicy is ` +
          `${ENHANCED}; leave it out for TLS_1_2`,
      ),
    );
  });

  test('the stage', () => {
    const stack = stackOf();
    const names = domain(stack);
    const orders = rest(stack, 'Orders', { stages: { dev: {}, prod: {} } });
    expect(() => names.map(orders)).toThrow(
      new Error("RestGateway 'Orders': has 2 stages; set the one that the domain is for, e.g. stage: 'dev'"),
    );
    expect(() => names.map(orders, { stage: 'prd' })).toThrow(
      new Error(`RestGateway 'Orders': has no stage "prd". Did you mean "prod"?`),
    );
    expect(() => names.map(raw(stack, ApiKind.HTTP), { stage: 'prod' })).toThrow(
      /^ApiDomain: the HTTP API ".*" comes with its stage \(stageName of ExistingApi.fromAttributes\); leave stage: "prod" out$/,
    );
  });

  test('a stage that nobody reaches any more', () => {
    const stack = stackOf();
    domain(stack).map(rest(stack, 'Orders', { stages: { dev: {}, prod: {} } }), { stage: 'prod' });
    expect(() => templateOf(stack)).toThrow(
      `RestGateway 'Orders': no caller can reach the stage "dev": the default endpoint is off, because "prod" has a domain; ` +
        "map it as well (domain.map(api, { stage: 'dev', path: … })), or set disableExecuteApiEndpoint: false",
    );
  });

  test('a private API behind a public domain', () => {
    const stack = stackOf();
    const api = rest(stack, 'Stock', { endpointType: RestEndpointType.PRIVATE, vpcEndpoints: endpoints(stack) });
    expect(() => domain(stack).map(api)).toThrow(/is a private API, which only a PRIVATE domain can reach/);
  });
});

describe('trust stores', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pem-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const owner = 'TrustStore.fromPemFiles: ';
  const EC = join(__dirname, 'certificates/ec.pem');

  test.each<[string, () => TrustStore]>([
    ['paths is empty; pass the PEM files of your certificate authorities', () => TrustStore.fromPemFiles()],
    ['"nowhere.pem" cannot be read (ENOENT)', () => TrustStore.fromPemFiles('nowhere.pem')],
    [
      `"${join(folder, 'key.pem')}" contains a private key, which must not be in a trust store; remove it from the file`,
      () => TrustStore.fromPemFiles(file('key.pem', '-----BEGIN EC PRIVATE KEY-----\nx\n-----END EC PRIVATE KEY-----')),
    ],
    [
      `"${join(folder, 'ca.der')}" contains no certificate in PEM format; it must contain "-----BEGIN CERTIFICATE-----" ` +
        '(openssl x509 -inform der -in ca.der -out ca.pem converts a DER file)',
      () => TrustStore.fromPemFiles(file('ca.der', '0')),
    ],
    [
      `"${join(folder, 'cut.pem')}": certificate 1: cannot be parsed; check that it is complete`,
      () => TrustStore.fromPemFiles(file('cut.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----')),
    ],
    [
      `"${join(__dirname, 'certificates/weak.pem')}": certificate 1: has an RSA key of 1024 bits, and API Gateway accepts 2048 or more (CN=Weak CA)`,
      () => TrustStore.fromPemFiles(join(__dirname, 'certificates/weak.pem')),
    ],
    [
      `"${join(__dirname, 'certificates/sha1.pem')}": certificate 1: is signed with SHA-1 or MD5, and API Gateway accepts SHA-256 or better (CN=Old CA)`,
      () => TrustStore.fromPemFiles(join(__dirname, 'certificates/sha1.pem')),
    ],
    [
      `the files contain 1001 certificates; the maximum of a trust store is 1000`,
      () => TrustStore.fromPemFiles(file('many.pem', readFileSync(EC, 'utf8').repeat(1001))),
    ],
    [
      'the files have 1048577 bytes together; the maximum of a trust store is 1048576 (1 MB)',
      () => TrustStore.fromPemFiles(file('large.pem', readFileSync(EC, 'utf8').padEnd(1_048_577))),
    ],
  ])('%s', (message, act) => {
    expect(act).toThrow(new Error(owner + message));
  });

  test('of a bucket', () => {
    const bucket = Bucket.fromBucketName(stackOf(), 'B', 'trust');
    expect(() => TrustStore.fromBucket(bucket, '/ca.pem', '1')).toThrow(
      new Error('TrustStore.fromBucket: key must be the key of an object, without a leading "/", got: "/ca.pem"'),
    );
    expect(() => TrustStore.fromBucket(bucket, 'ca.pem', '')).toThrow(
      new Error(
        'TrustStore.fromBucket: version is empty; set the version of the object, e.g. from "aws s3api head-object"',
      ),
    );
  });
});
