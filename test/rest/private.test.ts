import { Duration, type Stack } from 'aws-cdk-lib';
import { VpcLink as VpcLinkV1 } from 'aws-cdk-lib/aws-apigateway';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ApplicationProtocol, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RestIntegration, RestPrivateProtocol } from '../../lib';
import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import { gateway, ids, resource, templateOf } from '../support/stacks';

import { alb, bound, HOST, idOf, integrationOf, EGRESS, INGRESS, LB, nlb, V1, V2, vpcOf } from './private-support';
describe('alb', () => {
  const { template, integration } = bound('ANY /internal/{proxy+}', (stack) =>
    RestIntegration.alb(alb(stack), { host: HOST, timeout: Duration.seconds(5) }),
  );
  const link = idOf(template, V2);
  const group = idOf(template, 'AWS::EC2::SecurityGroup', /^ApiGatewayVpcLinks/);
  const albGroup = idOf(template, 'AWS::EC2::SecurityGroup', /^Alb/);

  test('calls the listener by TLS, under its name, with the path of the route', () => {
    expect(integration).toEqual({
      type: 'http_proxy',
      httpMethod: 'ANY',
      uri: `https://${HOST}/internal/{proxy}`,
      connectionType: 'VPC_LINK',
      connectionId: { Ref: link },
      integrationTarget: { Ref: idOf(template, LB) },
      requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
      timeoutInMillis: 5000,
    });
  });

  test('its link is in the private subnets, with a group that lets the port of the listener out, and nothing in', () => {
    expect(template.Resources[link].Properties).toEqual({
      Name: expect.stringMatching(/^[\w-]{1,128}$/),
      SubnetIds: [1, 2].map((n) => ({ Ref: idOf(template, 'AWS::EC2::Subnet', new RegExp(`PrivateSubnet${n}`)) })),
      SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }],
    });
    const { SecurityGroupEgress, SecurityGroupIngress } = template.Resources[group].Properties;
    expect(SecurityGroupIngress).toBeUndefined();
    expect(SecurityGroupEgress ?? []).toEqual([]);
    expect(ids(template, EGRESS)).toHaveLength(1);
    expect(resource(template, EGRESS).Properties).toEqual({
      GroupId: { 'Fn::GetAtt': [group, 'GroupId'] },
      DestinationSecurityGroupId: { 'Fn::GetAtt': [albGroup, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      Description: 'API Gateway to the load balancer',
    });
    expect(resource(template, INGRESS).Properties).toMatchObject({
      GroupId: { 'Fn::GetAtt': [albGroup, 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [group, 'GroupId'] },
      FromPort: 443,
      ToPort: 443,
    });
  });

  test.each([
    [
      'the port of the listener',
      { port: 9443, protocol: ApplicationProtocol.HTTPS },
      {},
      `https://${HOST}:9443/x/{id}`,
    ],
    [
      'clear text where it is written',
      { protocol: ApplicationProtocol.HTTP },
      { protocol: RestPrivateProtocol.HTTP },
      `http://${HOST}/x/{id}`,
    ],
    ['a path of its own', {}, { path: '/v1/{id}/all' }, `https://${HOST}/v1/{id}/all`],
    ['a path without variables', {}, { path: '/' }, `https://${HOST}/`],
  ])('%s', (_, listener, options, uri) => {
    const made = bound('GET /x/{id}', (stack) =>
      RestIntegration.alb(alb(stack, 'Alb', listener), { host: HOST, ...options }),
    );
    expect(made.integration.uri).toBe(uri);
    expect(made.integration.requestParameters).toEqual(
      uri.includes('{id}') ? { 'integration.request.path.id': 'method.request.path.id' } : undefined,
    );
  });

  test('in clear, the DNS name of the load balancer is the host', () => {
    const { integration, template } = bound(
      'GET /',
      (stack) =>
        RestIntegration.alb(alb(stack, 'Alb', { protocol: ApplicationProtocol.HTTP, port: 8080 }), {
          protocol: RestPrivateProtocol.HTTP,
          path: '/${stageVariables.version}',
        }),
      { version: 'v1' },
    );
    expect(integration.uri).toEqual({
      'Fn::Sub': `http://\${${idOf(template, LB)}.DNSName}:8080/\${!stageVariables.version}`,
    });
  });

  test('host and path by stage variable, which every stage must have', () => {
    const route = (stack: Stack) =>
      RestIntegration.alb(alb(stack), {
        host: '${stageVariables.host}',
        path: '/${stageVariables.version}/{proxy}',
      });
    const { integration } = bound('GET /internal/{proxy+}', route, { host: 'a.example.com', version: 'v1' });
    expect(integration.uri).toBe('https://${stageVariables.host}/${stageVariables.version}/{proxy}');
    expect(integration.requestParameters).toEqual({ 'integration.request.path.proxy': 'method.request.path.proxy' });
    expect(() => bound('GET /internal/{proxy+}', route, { host: 'a.example.com' })).toThrow(
      'stage "prod": has no variable "version", which route "GET /internal/{proxy+}" reads. Allowed: host.',
    );
  });

  test('method, streaming and a private certificate', () => {
    const { integration } = bound('GET /events', (stack) =>
      RestIntegration.alb(alb(stack), {
        host: HOST,
        method: 'POST',
        streamResponse: true,
        timeout: Duration.minutes(10),
        insecureSkipVerification: 'issued by our private CA',
      }),
    );
    expect(integration).toMatchObject({
      httpMethod: 'POST',
      responseTransferMode: 'STREAM',
      timeoutInMillis: 600_000,
      tlsConfig: { insecureSkipVerification: true },
    });
  });

  test('a private certificate is acknowledged with its reason, on the route that has it', () => {
    const { api, stack } = gateway();
    const insecureSkipVerification = 'issued by our private CA';
    api.addRoute('GET /a', {
      integration: RestIntegration.alb(alb(stack), { host: HOST, insecureSkipVerification }),
    });
    templateOf(stack);
    const recorded = api.cfnApi.node.metadata
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .map(({ data }) => data as Record<string, string>);
    expect(recorded.filter((data) => Object.keys(data).some((id) => id.includes('OAS7')))).toEqual([
      { 'ApiGateway::OAS7[GET-/a]': insecureSkipVerification },
    ]);
  });

  test('a load balancer without its listener is called on 443, or 80 in clear', () => {
    const call = (protocol?: RestPrivateProtocol) =>
      bound('GET /', (stack) =>
        RestIntegration.albLoadBalancer(new ApplicationLoadBalancer(stack, 'Alb', { vpc: vpcOf(stack) }), {
          host: HOST,
          protocol,
        }),
      );
    const [tls, clear] = [call(), call(RestPrivateProtocol.HTTP)];
    expect([tls.integration.uri, clear.integration.uri]).toEqual([`https://${HOST}/`, `http://${HOST}/`]);
    expect(resource(tls.template, EGRESS).Properties.FromPort).toBe(443);
    expect(resource(clear.template, EGRESS).Properties.FromPort).toBe(80);
  });
});

describe('nlb', () => {
  test('with a security group, it is opened to the link', () => {
    const { integration, template } = bound('GET /', (stack) => {
      const securityGroups = [new SecurityGroup(stack, 'NlbGroup', { vpc: vpcOf(stack) })];
      return RestIntegration.nlb(nlb(stack, 'Nlb', Protocol.TLS, securityGroups), { host: HOST });
    });
    expect(integration).toMatchObject({ uri: `https://${HOST}:8443/`, integrationTarget: { Ref: idOf(template, LB) } });
    expect(resource(template, INGRESS).Properties).toMatchObject({
      GroupId: { 'Fn::GetAtt': [idOf(template, 'AWS::EC2::SecurityGroup', /^NlbGroup/), 'GroupId'] },
      FromPort: 8443,
    });
  });

  test('without one, the link may reach the port in the VPC', () => {
    const { template } = bound('GET /', (stack) => RestIntegration.nlb(nlb(stack), { host: HOST }));
    expect(ids(template, EGRESS)).toEqual([]);
    expect(resource(template, 'AWS::EC2::SecurityGroup', /^ApiGatewayVpcLinks/).Properties.SecurityGroupEgress).toEqual(
      [
        {
          CidrIp: { 'Fn::GetAtt': [idOf(template, 'AWS::EC2::VPC'), 'CidrBlock'] },
          IpProtocol: 'tcp',
          FromPort: 8443,
          ToPort: 8443,
          Description: 'API Gateway to the load balancer',
        },
      ],
    );
  });

  test.each([RestPrivateProtocol.HTTPS, RestPrivateProtocol.HTTP])('a TCP listener carries %s', (protocol) => {
    const { integration } = bound('GET /', (stack) => RestIntegration.nlb(nlb(stack), { host: HOST, protocol }));
    expect(integration.uri).toBe(`${protocol}://${HOST}:8443/`);
  });
});

describe('in clear', () => {
  const clear = (clearText?: string) => {
    const { stack, api } = gateway();
    const listener = alb(stack, 'Alb', { protocol: ApplicationProtocol.HTTP });
    const options = { protocol: RestPrivateProtocol.HTTP, clearText };
    api.addRoute('GET /a', { integration: RestIntegration.alb(listener, options) });
    templateOf(stack);
    return api.cfnApi.node.metadata
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) => Object.entries(data as object))
      .filter(([id]) => id.startsWith('ApiGateway::ALL-INT14'));
  };

  test('the reason answers the finding, and there is no other answer', () => {
    expect(clear('the mesh encrypts it')).toEqual([['ApiGateway::ALL-INT14[GET-/a]', 'the mesh encrypts it']]);
    expect(clear()).toEqual([]);
  });

  test('a reason for TLS is an error', () => {
    expect(() => bound('GET /a', (stack) => RestIntegration.alb(alb(stack), { host: HOST, clearText: 'x' }))).toThrow(
      'clearText is the reason for protocol: RestPrivateProtocol.HTTP',
    );
  });
});

describe('nlbLink', () => {
  const make = (stack: Stack, id = 'Nlb') =>
    RestIntegration.nlbLink(nlb(stack, id).loadBalancer, { host: HOST, port: 8443 });

  test('goes through a link V1, which has the one load balancer as its target', () => {
    const { integration, template } = bound('GET /{id}', make);
    expect(integration).toEqual({
      type: 'http_proxy',
      httpMethod: 'GET',
      uri: `https://${HOST}:8443/{id}`,
      connectionType: 'VPC_LINK',
      connectionId: { Ref: idOf(template, V1) },
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    });
    expect(resource(template, V1).Properties.TargetArns).toEqual([{ Ref: idOf(template, LB) }]);
    expect(ids(template, V2)).toEqual([]);
  });

  test('one link for each load balancer, and one of the users own', () => {
    const { api, stack } = gateway();
    const first = nlb(stack).loadBalancer;
    const own = VpcLinkV1.fromVpcLinkId(stack, 'Own', 'abc123');
    const options = { host: HOST };
    api.addRoute('GET /a', { integration: RestIntegration.nlbLink(first, options) });
    api.addRoute('GET /b', { integration: RestIntegration.nlbLink(first, { ...options, port: 444 }) });
    api.addRoute('GET /c', { integration: make(stack, 'Other') });
    api.addRoute('GET /d', { integration: RestIntegration.nlbLink(first, { ...options, vpcLink: own }) });
    const template = templateOf(stack);
    expect(ids(template, V1)).toHaveLength(2);
    expect(integrationOf(template, 'GET /a').connectionId).toEqual(integrationOf(template, 'GET /b').connectionId);
    expect(integrationOf(template, 'GET /d').connectionId).toBe('abc123');
  });
});

describe('the checks', () => {
  const RULES_OF_LINKS = ['ALL-INT14', 'ALL-INT21', 'REST-INT22', 'REST-INT27'];
  const found = (make: (stack: Stack) => RestIntegration) => {
    const { template } = bound('GET /x', make);
    const model = readModel([{ file: 'app.json', template, bytes: 0 }]);
    return runRules(model)
      .map(({ id }) => id)
      .filter((id) => RULES_OF_LINKS.includes(id));
  };

  test.each<[string, (stack: Stack) => RestIntegration, string[]]>([
    ['alb', (stack) => RestIntegration.alb(alb(stack), { host: HOST }), []],
    ['nlb', (stack) => RestIntegration.nlb(nlb(stack), { host: HOST }), []],
    ['nlbLink', (stack) => RestIntegration.nlbLink(nlb(stack).loadBalancer, { host: HOST }), []],
    [
      'clear text',
      (stack) => RestIntegration.nlb(nlb(stack), { host: HOST, protocol: RestPrivateProtocol.HTTP }),
      ['ALL-INT14'],
    ],
  ])('%s', (_, make, rules) => expect(found(make)).toEqual(rules));
});
