import { type Stack } from 'aws-cdk-lib';
import { VpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { DnsRecordType, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import {
  HttpIntegration,
  type HttpPrivateIntegrationOptions,
  HttpPrivateProtocol,
  HttpRequestParameter,
  RequestValue,
} from '../../lib';
import { findings } from '../checks/support';
import { alb, EGRESS, HOST, INGRESS, LISTENER_ARN, nlb, V2, vpcOf } from '../rest/private-support';
import { ids, resource, templateOf } from '../support/stacks';
import { gateway, integrationOf } from './support';

/** One integration behind a route, in a stack of its own. */
function bound(make: (stack: Stack) => HttpIntegration, key = 'GET /orders/{id}', stages = {}) {
  const { stack, api } = gateway({ routes: {}, stages: { prod: stages } });
  api.addRoute(key, { integration: make(stack) });
  const template = templateOf(stack);
  const [method, path] = key.split(' ');
  const { Body } = resource(template, 'AWS::ApiGatewayV2::Api').Properties;
  return { template, integration: integrationOf(Body, path, method.toLowerCase()) };
}

const service = (stack: Stack) =>
  new PrivateDnsNamespace(stack, 'Namespace', { vpc: vpcOf(stack), name: 'internal' }).createService('Stock', {
    dnsRecordType: DnsRecordType.SRV,
  });
const failure = (make: (stack: Stack) => HttpIntegration, key?: string) => () => bound(make, key);

test('a listener is called by TLS, its certificate verified, the name of the stage left out', () => {
  const { integration, template } = bound((stack) => HttpIntegration.alb(alb(stack), { host: HOST }));
  expect(integration).toEqual({
    type: 'http_proxy',
    httpMethod: 'GET',
    uri: { Ref: expect.stringMatching(/^AlbListener/) },
    connectionType: 'VPC_LINK',
    connectionId: { Ref: ids(template, V2)[0] },
    payloadFormatVersion: '1.0',
    tlsConfig: { serverNameToVerify: HOST },
    requestParameters: { 'overwrite:path': '$request.path' },
  });
  expect(resource(template, INGRESS).Properties).toMatchObject({ FromPort: 443, ToPort: 443 });
  expect(resource(template, EGRESS).Properties).toMatchObject({ FromPort: 443, ToPort: 443 });
});

test('the path may hold variables of the route and of the stage', () => {
  const path = '/v1/${stageVariables.tenant}/{id}';
  const { integration } = bound((stack) => HttpIntegration.nlb(nlb(stack), { host: HOST, path }), undefined, {
    variables: { tenant: 'a' },
  });
  expect(integration.requestParameters).toEqual({
    'overwrite:path': '/v1/${stageVariables.tenant}/${request.path.id}',
  });
  const greedy = (stack: Stack) => HttpIntegration.nlb(nlb(stack), { host: HOST, path: '/{proxy+}' });
  expect(bound(greedy, 'ANY /{proxy+}').integration.requestParameters['overwrite:path']).toBe('/${request.path.proxy}');
});

test('a mapping of the path stands in place of it, and others beside it', () => {
  const mapped = (requestParameters: HttpRequestParameter[]) =>
    bound((stack) => HttpIntegration.nlb(nlb(stack), { host: HOST, requestParameters })).integration.requestParameters;
  expect(mapped([HttpRequestParameter.overwritePath(RequestValue.literal('/x'))])).toEqual({ 'overwrite:path': '/x' });
  expect(mapped([HttpRequestParameter.removeHeader('cookie')])).toEqual({
    'overwrite:path': '$request.path',
    'remove:header.cookie': "''",
  });
});

test('in clear only where that is written', () => {
  const { integration } = bound((stack) =>
    HttpIntegration.alb(alb(stack, 'Alb', { protocol: ApplicationProtocol.HTTP }), {
      protocol: HttpPrivateProtocol.HTTP,
    }),
  );
  expect(integration.tlsConfig).toBeUndefined();
});

test.each([
  ['reason', 'the mesh encrypts it', ['the mesh encrypts it']],
  ['no reason', undefined, []],
])('what is in clear with %s', (_, clearText, expected) => {
  const { stack, api } = gateway({ routes: {} });
  api.addRoute('GET /a', {
    integration: HttpIntegration.alb(alb(stack, 'Alb', { protocol: ApplicationProtocol.HTTP }), {
      protocol: HttpPrivateProtocol.HTTP,
      clearText,
    }),
  });
  expect(findings(templateOf(stack)).map(({ id, key }) => `${id} ${key}`)).toContain('ALL-INT14 GET /a');
  const answers = api.cfnApi.node.metadata
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
    .flatMap(({ data }) => Object.entries(data as object))
    .filter(([id]) => id === 'ApiGateway::ALL-INT14[GET-/a]');
  expect(answers.map(([, reason]) => reason)).toEqual(expected);
});

test('a reason for what is not in clear, and one that is none, are errors', () => {
  const clear = (options: HttpPrivateIntegrationOptions) =>
    failure((stack) => HttpIntegration.nlb(nlb(stack), options));
  expect(clear({ host: HOST, clearText: 'x' })).toThrow(
    'clearText is the reason for protocol: HttpPrivateProtocol.HTTP, but the back end is called with TLS; leave clearText out',
  );
  expect(clear({ protocol: HttpPrivateProtocol.HTTP, clearText: '' })).toThrow(
    'clearText must be the reason for calling the back end without encryption, e.g. "the service mesh encrypts it", got: ""',
  );
});

test('integrations of a stack share one link', () => {
  const { stack, api } = gateway({ routes: {} });
  api.addRoute('GET /a', { integration: HttpIntegration.alb(alb(stack), { host: HOST }) });
  api.addRoute('GET /b', { integration: HttpIntegration.nlb(nlb(stack), { host: HOST }) });
  expect(ids(templateOf(stack), V2)).toHaveLength(1);
});

test('a link of the user is taken as it is, and an imported listener with it', () => {
  const { integration, template } = bound((stack) => {
    const vpcLink = VpcLink.fromVpcLinkAttributes(stack, 'Link', { vpcLinkId: 'abc123', vpc: vpcOf(stack) });
    const listener = ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: `${LISTENER_ARN}/app/x/1/2`,
      securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    });
    return HttpIntegration.alb(listener, { host: HOST, vpcLink, port: 443 });
  });
  expect(integration).toMatchObject({ connectionId: 'abc123', uri: `${LISTENER_ARN}/app/x/1/2` });
  expect(ids(template, V2)).toEqual([]);
});

describe('AWS Cloud Map', () => {
  test('finds instances by their attributes; the link is opened to their group', () => {
    const { integration, template } = bound((stack) => {
      const group = new SecurityGroup(stack, 'Tasks', { vpc: vpcOf(stack), allowAllOutbound: false });
      return HttpIntegration.cloudMap(service(stack), {
        vpc: vpcOf(stack),
        host: HOST,
        port: 8443,
        target: group,
        instanceAttributes: { stage: 'prod', color: 'dark blue' },
      });
    });
    expect(integration.uri['Fn::Sub']).toMatch(/^\$\{NamespaceStock\w+\.Arn\}\?color=dark%20blue&stage=prod$/);
    expect(integration).toMatchObject({ connectionType: 'VPC_LINK', tlsConfig: { serverNameToVerify: HOST } });
    expect(resource(template, INGRESS).Properties).toMatchObject({ FromPort: 8443, ToPort: 8443 });
  });

  test('without a group, the link is opened to the VPC', () => {
    const { template, integration } = bound((stack) =>
      HttpIntegration.cloudMap(service(stack), { vpc: vpcOf(stack), host: HOST }),
    );
    const link = resource(template, 'AWS::EC2::SecurityGroup', /^ApiGateway/).Properties;
    expect(link.SecurityGroupEgress).toEqual([expect.objectContaining({ FromPort: 443, ToPort: 443 })]);
    expect(integration.uri).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^NamespaceStock/), 'Arn'] });
  });
});

describe('errors', () => {
  const withAlb = (options: HttpPrivateIntegrationOptions) => (stack: Stack) =>
    HttpIntegration.alb(alb(stack), options);
  const balancer = (stack: Stack) => new ApplicationLoadBalancer(stack, 'Alb', { vpc: vpcOf(stack) });

  test.each<[string, (stack: Stack) => HttpIntegration, string]>([
    [
      'no host',
      withAlb({}),
      `host is missing: the name that the certificate of the listener "Stack/Alb/Listener" is for, e.g. host: "orders.internal.example.com"; or accept unencrypted traffic: protocol: HttpPrivateProtocol.HTTP, clearText: "the reason"`,
    ],
    ['a host that is a URL', withAlb({ host: 'https://x' }), 'host must be only a name'],
    [
      'a host in clear',
      (stack) =>
        HttpIntegration.alb(alb(stack, 'Alb', { protocol: ApplicationProtocol.HTTP }), {
          host: HOST,
          protocol: HttpPrivateProtocol.HTTP,
        }),
      'host is the name of a certificate, but protocol HTTP has none; remove one of them',
    ],
    [
      'TLS to a listener in clear',
      (stack) => HttpIntegration.alb(alb(stack, 'Alb', { protocol: ApplicationProtocol.HTTP }), { host: HOST }),
      'accept unencrypted traffic: protocol: HttpPrivateProtocol.HTTP, clearText: "the reason"',
    ],
    [
      'in clear to TLS',
      withAlb({ protocol: HttpPrivateProtocol.HTTP }),
      'and protocol: HttpPrivateProtocol.HTTP would send unencrypted traffic to it; leave protocol out',
    ],
    [
      'UDP',
      (stack) => HttpIntegration.nlb(nlb(stack, 'Nlb', Protocol.UDP), { host: HOST }),
      'listens to UDP, which cannot carry HTTP; pass one for TLS or TCP',
    ],
    ['another port', withAlb({ host: HOST, port: 8443 }), 'listens on port 443, but port is 8443; leave port out'],
    ['a path without slash', withAlb({ host: HOST, path: 'x' }), 'path must start with "/" and contain no space'],
    [
      'an unknown variable',
      withAlb({ host: HOST, path: '/{key}' }),
      'path has "{key}", which is not a path variable of the route. Allowed: id.',
    ],
    [
      'two paths',
      withAlb({
        host: HOST,
        path: '/x',
        requestParameters: [HttpRequestParameter.overwritePath(RequestValue.literal('/y'))],
      }),
      'path and HttpRequestParameter.overwritePath() both set the path; remove one of them',
    ],
    [
      'a private certificate',
      withAlb({ host: HOST, insecureSkipVerification: 'private CA' } as HttpPrivateIntegrationOptions),
      'insecureSkipVerification: HTTP APIs accept only certificates of public authorities',
    ],
    [
      'a load balancer',
      (stack) => HttpIntegration.alb(balancer(stack) as never, { host: HOST }),
      'alb was given the load balancer "Stack/Alb"; an HTTP API is connected to a listener: give one of the load balancer',
    ],
    [
      'the other kind',
      (stack) => HttpIntegration.alb(nlb(stack) as never, { host: HOST }),
      'is of a Network Load Balancer; use HttpIntegration.nlb()',
    ],
    [
      'a service in place of a listener',
      (stack) => HttpIntegration.alb(service(stack) as never, { host: HOST }),
      'alb was given the AWS Cloud Map service "Stack/Namespace/Stock"; use HttpIntegration.cloudMap()',
    ],
    [
      'a listener in place of a service',
      (stack) => HttpIntegration.cloudMap(alb(stack) as never, { host: HOST }),
      'cloudMap takes an AWS Cloud Map service; for load balancers, use HttpIntegration.alb() or HttpIntegration.nlb()',
    ],
    [
      'a service without VPC',
      (stack) => HttpIntegration.cloudMap(service(stack), { host: HOST }),
      'the AWS Cloud Map service "Stack/Namespace/Stock" does not show its VPC; set vpc',
    ],
    [
      'a service alone',
      (stack) => HttpIntegration.cloudMap(service(stack)),
      'the AWS Cloud Map service "Stack/Namespace/Stock" does not show its VPC; set vpc',
    ],
    [
      'a port that is none',
      (stack) => HttpIntegration.cloudMap(service(stack), { host: HOST, vpc: vpcOf(stack), port: 0 }),
      'port must be a whole number from 1 to 65535, got: 0',
    ],
    [
      'a link and a VPC',
      (stack) =>
        HttpIntegration.alb(alb(stack), {
          host: HOST,
          vpc: vpcOf(stack),
          vpcLink: VpcLink.fromVpcLinkAttributes(stack, 'Link', { vpcLinkId: 'a', vpc: new Vpc(stack, 'Other') }),
        }),
      'vpcLink is an existing link, and vpc would create another one; set one or the other',
    ],
  ])('%s', (_, make, message) => {
    expect(failure(make)).toThrow(message);
  });
});
