import { type Stack } from 'aws-cdk-lib';
import { type CfnDeployment, IpAddressType } from 'aws-cdk-lib/aws-apigatewayv2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ApiDomainEndpointType,
  HttpAuthorizer,
  HttpGateway,
  type HttpGatewayProps,
  HttpIntegration,
  TrustStore,
  WebSocketAuthorizer,
  WebSocketGateway,
  type WebSocketGatewayProps,
  WebSocketIntegration,
} from '../../lib';
import { fn, ids, resource, templateOf } from '../support/stacks';
import { certificate, domain, rest, stackOf, zone } from './support';

const NAME = 'AWS::ApiGateway::DomainName';
const MAPPING = 'AWS::ApiGatewayV2::ApiMapping';
const API = 'AWS::ApiGatewayV2::Api';

function http(scope: Stack, props: Partial<HttpGatewayProps> = {}, id = 'Search'): HttpGateway {
  return new HttpGateway(scope, id, {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /': { integration: HttpIntegration.http('https://example.com/') } },
    ...props,
  });
}

function socket(scope: Stack, props: Partial<WebSocketGatewayProps> = {}, id = 'Chat'): WebSocketGateway {
  return new WebSocketGateway(scope, id, {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: { $connect: { integration: WebSocketIntegration.mock() } },
    ...props,
  });
}

const named = (stack: Stack, domainName = 'api.example.com') => ({ domainName, hostedZone: zone(stack) });
const madeFor = (stack: Stack, id: string) =>
  Object.entries<{ Type: string }>(templateOf(stack).Resources)
    .filter(([name]) => name.startsWith(`${id}Domain`))
    .map(([name, { Type }]) => `${name} ${Type}`)
    .sort();

describe('one line on an HTTP gateway', () => {
  const stack = stackOf();
  const api = http(stack, { domain: { ...named(stack), path: 'search/v1' }, ipAddressType: IpAddressType.DUAL_STACK });
  const template = templateOf(stack);

  test('makes certificate, domain, records and mapping, with ids that stay', () => {
    expect(madeFor(stack, 'Search')).toEqual([
      'SearchDomain62FD613E AWS::ApiGateway::DomainName',
      'SearchDomainCertificateD66EDC5E AWS::CertificateManager::Certificate',
      'SearchDomainMappingsearchv11880D270 AWS::ApiGatewayV2::ApiMapping',
      'SearchDomainRecordA04C5A8C5 AWS::Route53::RecordSet',
      'SearchDomainRecordAAAABC38F8FA AWS::Route53::RecordSet',
    ]);
    expect(api.domain?.domainName).toBe('api.example.com');
  });

  test('the mapping refers to the resources of API and stage', () => {
    expect(resource(template, MAPPING).Properties).toEqual({
      ApiId: { Ref: stack.getLogicalId(api.cfnApi) },
      ApiMappingKey: 'search/v1',
      DomainName: { Ref: ids(template, NAME)[0] },
      Stage: { Ref: stack.getLogicalId(api.cfnStage('$default')) },
    });
    expect(resource(template, NAME).Properties.SecurityPolicy).toBe('TLS_1_2');
  });

  test('the default endpoint is off, in the document and nowhere else', () => {
    const { Properties } = resource(template, API);
    expect(Object.keys(Properties).sort()).toEqual(['Body', 'FailOnWarnings']);
    expect(Properties.Body.servers[0]['x-amazon-apigateway-endpoint-configuration']).toEqual({
      disableExecuteApiEndpoint: true,
      ipAddressType: 'dualstack',
    });
  });

  test('the output is the URL that answers', () => {
    expect(Object.values(template.Outputs)).toEqual([
      { Description: 'URL of stage $default', Value: 'https://api.example.com/search/v1/' },
    ]);
  });

  test('the default endpoint stays on where the user says so', () => {
    const own = stackOf();
    http(own, { domain: named(own), disableExecuteApiEndpoint: false });
    expect(resource(templateOf(own), API).Properties.Body.servers).toBeUndefined();
  });

  test('a domain that comes later reaches a document that was made before', () => {
    const own = stackOf();
    const gateway = http(own, { stages: { prod: { autoDeploy: false } } });
    const deployment = () => own.resolve((gateway.node.findChild('Deployment') as CfnDeployment).logicalId) as string;
    const before = deployment();
    domain(own).map(gateway, { path: 'search' });
    expect(deployment()).not.toBe(before);
    const [server] = resource(templateOf(own), API).Properties.Body.servers;
    expect(server['x-amazon-apigateway-endpoint-configuration']).toEqual({ disableExecuteApiEndpoint: true });
  });

  test('a stage that nobody reaches, and a stage that is not there', () => {
    const own = stackOf();
    http(own, { stages: { dev: {}, prod: {} }, domain: { ...named(own), stage: 'prod' } });
    expect(() => templateOf(own)).toThrow(/HttpGateway 'Search': no caller can reach the stage "dev"/);
    const other = stackOf();
    expect(() => http(other, { domain: { ...named(other), stage: 'prod' } })).toThrow(
      /HttpGateway 'Search': has no stage "prod"/,
    );
    const two = http(stackOf(), { stages: { dev: {}, prod: {} } }, 'Two');
    expect(() => two.bindToDomain()).toThrow(
      `HttpGateway 'Two': has 2 stages; set the one that the domain is for, e.g. stage: 'dev'`,
    );
  });

  test('is Regional', () => {
    const own = stackOf();
    const names = domain(own, {
      endpointType: ApiDomainEndpointType.EDGE,
      certificate: certificate(own, 'Edge', 'us-east-1'),
    });
    expect(() => names.map(http(own))).toThrow(
      /HttpGateway 'Search' is an HTTP API, and EDGE domains are for REST APIs only; make the domain REGIONAL/,
    );
  });
});

describe('one name for gateways of two kinds', () => {
  test('REST beside HTTP: each has its path, and both their default endpoints are off', () => {
    const stack = stackOf();
    const names = domain(stack);
    const [orders, search] = [rest(stack), http(stack)];
    names.map(orders, { path: 'orders' });
    names.map(search, { path: 'search/v1' });
    const template = templateOf(stack);
    expect(ids(template, MAPPING)).toEqual(['NamesMappingordersF3AB11BE', 'NamesMappingsearchv1C67E3D90']);
    expect(resource(template, NAME).Properties.SecurityPolicy).toBe('TLS_1_2');
    expect(resource(template, 'AWS::ApiGateway::RestApi').Properties.DisableExecuteApiEndpoint).toBe(true);
    expect(resource(template, API).Properties.Body.servers).toHaveLength(1);
  });

  test('mutual TLS takes an HTTP gateway as it is, since its default endpoint is off', () => {
    const stack = stackOf();
    const trustStore = TrustStore.fromBucket(Bucket.fromBucketName(stack, 'Trust', 'trust'), 'ca.pem', 'v1');
    http(stack, { domain: { ...named(stack), mutualTls: { trustStore } } });
    expect(resource(templateOf(stack), NAME).Properties.MutualTlsAuthentication).toBeDefined();
    const open = stackOf();
    const names = domain(open, { mutualTls: { trustStore } });
    expect(() => names.map(http(open, { disableExecuteApiEndpoint: false }))).toThrow(
      /could bypass mutual TLS through the default endpoint of HttpGateway 'Search'/,
    );
  });

  test.each<[string, (stack: Stack) => Parameters<ReturnType<typeof domain>['map']>[0], string]>([
    ['REST', (stack) => rest(stack), "RestGateway 'Orders'"],
    ['HTTP', (stack) => http(stack), "HttpGateway 'Search'"],
  ])('a WebSocket gateway beside %s is an error', (_, make, label) => {
    const stack = stackOf();
    const names = domain(stack);
    names.map(make(stack), { path: 'rest' });
    expect(() => names.map(socket(stack), { path: 'chat' })).toThrow(
      `WebSocketGateway 'Chat' is a WebSocket API, which can share a domain only with WebSocket APIs, and ${label} is on it; create a separate ApiDomain for it`,
    );
  });
});

describe('a WebSocket gateway', () => {
  test('alone on its name: ids that stay, mapping, default endpoint off, output', () => {
    const stack = stackOf();
    const api = socket(stack, { domain: { ...named(stack, 'ws.example.com'), path: 'chat' } });
    const template = templateOf(stack);
    expect(madeFor(stack, 'Chat')).toEqual([
      'ChatDomain2D3A3911 AWS::ApiGateway::DomainName',
      'ChatDomainCertificateF9807A1A AWS::CertificateManager::Certificate',
      'ChatDomainMappingchat936130B2 AWS::ApiGatewayV2::ApiMapping',
      'ChatDomainRecordAAAA70557D52 AWS::Route53::RecordSet',
      'ChatDomainRecordAE41D5884 AWS::Route53::RecordSet',
    ]);
    expect(resource(template, MAPPING).Properties).toMatchObject({
      ApiId: { Ref: stack.getLogicalId(api.cfnApi) },
      ApiMappingKey: 'chat',
      Stage: { Ref: stack.getLogicalId(api.cfnStage('prod')) },
    });
    expect(resource(template, NAME).Properties.SecurityPolicy).toBe('TLS_1_2');
    expect(resource(template, API).Properties.DisableExecuteApiEndpoint).toBe(true);
    expect(Object.values(template.Outputs)).toEqual([
      { Description: 'URL of stage prod', Value: 'wss://ws.example.com/chat' },
    ]);
  });

  test('shares a name with others of its kind; that its default endpoint goes off is deployed', () => {
    const stack = stackOf();
    const api = socket(stack);
    const id = () => stack.resolve((api.node.findChild('Deployment') as CfnDeployment).logicalId) as string;
    const before = id();
    const names = domain(stack);
    names.map(api, { path: 'chat' });
    names.map(socket(stack, {}, 'News'), { path: 'news' });
    expect(id()).not.toBe(before);
    expect(ids(templateOf(stack), MAPPING)).toHaveLength(2);
  });

  test('a stage that nobody reaches', () => {
    const stack = stackOf();
    socket(stack, { stages: { dev: {}, prod: {} }, domain: { ...named(stack), stage: 'prod' } });
    expect(() => templateOf(stack)).toThrow(/WebSocketGateway 'Chat': no caller can reach the stage "dev"/);
  });

  describe('tells back-ends where to send', () => {
    const told = (
      props: (stack: Stack) => Partial<WebSocketGatewayProps>,
      change: (stack: Stack, api: WebSocketGateway) => void = () => {},
    ) => {
      const stack = stackOf();
      const send = fn(stack, 'Send');
      const api = socket(stack, props(stack));
      api.addRoute('send', { integration: WebSocketIntegration.lambda(send) });
      send.addEnvironment('CALLBACK_URL', api.callbackUrl());
      change(stack, api);
      const { Variables } = resource(templateOf(stack), 'AWS::Lambda::Function', /^Send/).Properties.Environment;
      return Variables.CALLBACK_URL;
    };

    test('on the domain, where the default endpoint is off', () => {
      expect(told((stack) => ({ domain: { ...named(stack), path: 'chat' } }))).toBe('https://api.example.com/chat');
      expect(told((stack) => ({ domain: named(stack) }))).toBe('https://api.example.com');
    });

    test('on the default endpoint, where that is on', () => {
      const url = told((stack) => ({ domain: named(stack), disableExecuteApiEndpoint: false }));
      expect(JSON.stringify(url)).toMatch(/execute-api.*\/prod"/);
    });

    test('on a domain that is mapped by hand as well', () => {
      const mapped = (path?: string) => (stack: Stack, api: WebSocketGateway) => domain(stack).map(api, { path });
      expect(told(() => ({}), mapped())).toBe('https://api.example.com');
      expect(told(() => ({}), mapped('chat'))).toBe('https://api.example.com/chat');
    });

    test('or it is an error: no domain leads there', () => {
      const message =
        /WebSocketGateway 'Chat': callbackUrl of stage "prod" belongs to the default endpoint, which is disabled, so nothing could be sent/;
      expect(() => told(() => ({ disableExecuteApiEndpoint: true }))).toThrow(message);
    });
  });
});
