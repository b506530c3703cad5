import { type Stack } from 'aws-cdk-lib';
import { VpcLink } from 'aws-cdk-lib/aws-apigateway';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { NetworkLoadBalancer, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  RequestValue,
  GatewayClientCertificate,
  WebSocketIntegration,
  type WebSocketNlbLinkIntegrationOptions,
  WebSocketPrivateProtocol,
} from '../../lib';
import { findings } from '../checks/support';
import { alb, HOST, idOf, LB, LB_ARN, nlb, V1, V2, vpcOf } from '../rest/private-support';
import { ids, type Json, resource, templateOf } from '../support/stacks';
import { connect, gateway } from './support';

/** The one integration of a message that goes into a VPC. */
function bound(make: (stack: Stack) => WebSocketIntegration, variables?: Record<string, string>) {
  const { stack, api } = gateway({ routes: { $connect: connect }, stages: { prod: { variables } } });
  api.addRoute('send', { integration: make(stack) });
  const template = templateOf(stack);
  const [id] = ids(template, 'AWS::ApiGatewayV2::Integration').filter((one) => /send/i.test(one));
  return { stack, api, template, integration: template.Resources[id].Properties, id };
}

const link =
  (options: WebSocketNlbLinkIntegrationOptions = {}) =>
  (stack: Stack) =>
    WebSocketIntegration.nlbLink(nlb(stack).loadBalancer, { host: HOST, ...options });

test('a Network Load Balancer is called by TLS, under its name, through a link V1', () => {
  const { template, integration } = bound(link());
  expect(integration).toEqual({
    ApiId: { Ref: idOf(template, 'AWS::ApiGatewayV2::Api') },
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'POST',
    IntegrationUri: `https://${HOST}/`,
    ConnectionType: 'VPC_LINK',
    ConnectionId: { Ref: idOf(template, V1) },
    RequestParameters: { 'integration.request.header.connectionId': 'context.connectionId' },
  });
  expect(ids(template, V2)).toEqual([]);
  expect(resource(template, V1).Properties.TargetArns).toEqual([{ Ref: idOf(template, LB) }]);
});

test('port, path, method and parameters are those of the user', () => {
  const { integration } = bound(
    link({
      port: 8443,
      method: 'PUT',
      path: '/${stageVariables.tenant}/rooms/{room}',
      requestParameters: { 'integration.request.path.room': RequestValue.bodyField('$.room') },
    }),
    { tenant: 'a' },
  );
  expect(integration).toMatchObject({
    IntegrationMethod: 'PUT',
    IntegrationUri: `https://${HOST}:8443/\${stageVariables.tenant}/rooms/{room}`,
    RequestParameters: { 'integration.request.path.room': 'route.request.body.room' },
  });
});

test('routes of one load balancer share a link, as do APIs of other kinds; one of the user is taken as it is', () => {
  const { stack, api } = gateway({ routes: { $connect: connect } });
  const { loadBalancer } = nlb(stack);
  for (const key of ['a', 'b'])
    api.addRoute(key, { integration: WebSocketIntegration.nlbLink(loadBalancer, { host: HOST }) });
  const own = VpcLink.fromVpcLinkId(stack, 'Own', 'abc123');
  api.addRoute('c', { integration: WebSocketIntegration.nlbLink(loadBalancer, { host: HOST, vpcLink: own }) });
  const template = templateOf(stack);
  const connections = Object.values<Json>(template.Resources)
    .filter(({ Properties }) => Properties?.ConnectionType === 'VPC_LINK')
    .map(({ Properties }) => Properties.ConnectionId);
  const shared = { Ref: idOf(template, V1) };
  expect(connections).toEqual([shared, shared, 'abc123']);
});

test('an imported load balancer is found by its ARN', () => {
  const { template } = bound((stack) =>
    WebSocketIntegration.nlbLink(
      NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'L', { loadBalancerArn: `${LB_ARN}/net/x/1` }),
      { host: HOST },
    ),
  );
  expect(resource(template, V1).Properties.TargetArns).toEqual([`${LB_ARN}/net/x/1`]);
});

test('no rule has anything to say of it, but for the certificate that the user may show', () => {
  const found = findings(bound(link()).template).filter(({ id }) => /INT|SSL/.test(id));
  expect(found).toEqual([]);
});

describe('in clear', () => {
  const clear = { protocol: WebSocketPrivateProtocol.HTTP, host: undefined };

  test('a finding speaks of it', () => {
    const { template, integration, id } = bound(link(clear));
    expect(integration.IntegrationUri).toEqual({
      'Fn::Join': ['', ['http://', { 'Fn::GetAtt': [idOf(template, LB), 'DNSName'] }, '/']],
    });
    const found = findings(template).filter(({ id: rule }) => rule === 'ALL-INT14');
    expect(found.map(({ key, logicalId }) => [key, logicalId])).toEqual([['send', id]]);
  });

  test('a reason answers it, at the integration', () => {
    const { stack } = bound(link({ ...clear, clearText: 'the mesh encrypts it' }));
    const answers = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .map(({ data }) => data as object);
    expect(answers).toContainEqual({ 'ApiGateway::ALL-INT14[send]': 'the mesh encrypts it' });
  });
});

test.each<[string, string, (stack: Stack) => WebSocketIntegration]>([
  [
    'no host',
    'host is missing: the name that the certificate of the load balancer "Stack/Nlb" is for',
    link({ host: undefined }),
  ],
  ['a port', 'port must be a whole number from 1 to 65535, got: 0', link({ port: 0 })],
  ['a path', 'path must start with "/" and contain no space', link({ path: 'rooms' })],
  ['a parameter that nothing fills', 'the URL has "{room}", which has no value', link({ path: '/{room}' })],
  [
    'a reason with TLS',
    'clearText is the reason for protocol: WebSocketPrivateProtocol.HTTP, but the back end is called with TLS',
    link({ clearText: 'x' }),
  ],
  [
    'no reason',
    'clearText must be the reason for calling the back end without encryption',
    link({ protocol: WebSocketPrivateProtocol.HTTP, clearText: ' ' }),
  ],
  [
    'a prop of REST',
    'insecureSkipVerification: WebSocket APIs accept only certificates of public authorities',
    link({ insecureSkipVerification: 'x' } as never),
  ],
  [
    'another load balancer',
    'the load balancer "Stack/Alb" is an Application Load Balancer; a VPC link V1 supports no other; put a Network Load Balancer in front of it',
    (stack) => WebSocketIntegration.nlbLink(alb(stack).loadBalancer as never, { host: HOST }),
  ],
  [
    'a listener',
    'nlbLink was given the listener "Stack/Nlb/Listener"; pass its load balancer',
    (stack) => WebSocketIntegration.nlbLink(nlb(stack) as never, { host: HOST }),
  ],
  [
    'security groups that hold PrivateLink',
    'set enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false on the load balancer, or take the security groups off',
    (stack) => {
      const group = new SecurityGroup(stack, 'Group', { vpc: vpcOf(stack) });
      return WebSocketIntegration.nlbLink(nlb(stack, 'Nlb', Protocol.TCP, [group]).loadBalancer, { host: HOST });
    },
  ],
])('%s is an error', (_, message, make) => {
  expect(() => bound(make)).toThrow(message);
});

describe('the client certificate of a stage', () => {
  const stageOf = (clientCertificate?: GatewayClientCertificate) => {
    const { stack } = gateway({ stages: { prod: { clientCertificate } } });
    const template = templateOf(stack);
    return { template, id: resource(template, 'AWS::ApiGatewayV2::Stage').Properties.ClientCertificateId };
  };
  const CERTIFICATE = 'AWS::ApiGateway::ClientCertificate';

  test('is one of its own', () => {
    const { template, id } = stageOf(GatewayClientCertificate.generated('towards the chat'));
    expect(id).toEqual({ Ref: idOf(template, CERTIFICATE) });
    expect(resource(template, CERTIFICATE).Properties).toEqual({ Description: 'towards the chat' });
  });

  test('or one that is there', () => {
    const { template, id } = stageOf(GatewayClientCertificate.fromClientCertificateId('a1b2c3'));
    expect([id, ids(template, CERTIFICATE)]).toEqual(['a1b2c3', []]);
  });

  test('or none', () => {
    const { template, id } = stageOf();
    expect([id, ids(template, CERTIFICATE)]).toEqual([undefined, []]);
  });
});
