import { Stack } from 'aws-cdk-lib';
import { VpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationProtocol,
  NetworkListener,
  NetworkLoadBalancer,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { RestAuthorizer, RestGateway, RestIntegration, RestPrivateProtocol, WebAcl } from '../../lib';
import { ids, testApp } from '../support/stacks';

import { alb, bound, empty, ENV, HOST, LB_ARN, LISTENER_ARN, nlb, V1, vpcOf } from './private-support';
describe('wrong input', () => {
  const V2_OPTIONS = { host: HOST };
  const own = (stack: Stack) => new SecurityGroup(stack, 'Own', { vpc: vpcOf(stack) });
  const importedAlb = (stack: Stack) =>
    ApplicationListener.fromApplicationListenerAttributes(stack, 'L', {
      listenerArn: `${LISTENER_ARN}/app/orders/1/2`,
      securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    });
  const importedNlb = (stack: Stack) =>
    NetworkListener.fromNetworkListenerArn(stack, 'L', `${LISTENER_ARN}/net/orders/1/2`);
  const clear = (stack: Stack, internetFacing = false) =>
    alb(stack, 'Alb', { protocol: ApplicationProtocol.HTTP, internetFacing });

  test.each<[string, (stack: Stack) => RestIntegration]>([
    [
      'host is missing: the name that the certificate of the listener "Stack/Alb/Listener" is for, e.g. host: "orders.internal.example.com"; or accept unencrypted traffic: protocol: RestPrivateProtocol.HTTP, clearText: "the reason"',
      (stack) => RestIntegration.alb(alb(stack)),
    ],
    [
      'the listener "Stack/Alb/Listener" listens to HTTP, but API Gateway would use TLS; add a certificate to the listener, or accept unencrypted traffic: protocol: RestPrivateProtocol.HTTP, clearText: "the reason"',
      (stack) => RestIntegration.alb(clear(stack), V2_OPTIONS),
    ],
    [
      'the listener "Stack/Alb/Listener" listens to HTTPS, and protocol: RestPrivateProtocol.HTTP would send unencrypted traffic to it; leave protocol out',
      (stack) => RestIntegration.alb(alb(stack), { protocol: RestPrivateProtocol.HTTP }),
    ],
    [
      'the listener "Stack/Nlb/Listener" listens to UDP, which cannot carry HTTP; pass one for TLS or TCP',
      (stack) => RestIntegration.nlb(nlb(stack, 'Nlb', Protocol.UDP), V2_OPTIONS),
    ],
    [
      'the listener "Stack/Alb/Listener" is internet-facing and called without encryption, so any client could bypass the API and its authorizers; make the load balancer internal, or use HTTPS',
      (stack) => RestIntegration.alb(clear(stack, true), { protocol: RestPrivateProtocol.HTTP }),
    ],
    [
      'the port of the listener "Stack/L" is unknown, because it is imported; set it: port: 443',
      (stack) => RestIntegration.alb(importedAlb(stack), { ...V2_OPTIONS, vpc: vpcOf(stack) }),
    ],
    [
      'the DNS name of the listener "Stack/L" is unknown, because it is imported; set a name for the Host header: host: "orders.internal.example.com"',
      (stack) => RestIntegration.nlb(importedNlb(stack), { protocol: RestPrivateProtocol.HTTP, port: 80 }),
    ],
    [
      'the VPC of the listener "Stack/L" is unknown, because it is imported; set it: vpc: Vpc.fromLookup(…)',
      (stack) => RestIntegration.nlb(importedNlb(stack), { ...V2_OPTIONS, port: 443 }),
    ],
    [
      'the listener "Stack/Alb/Listener" listens on port 443, but port is 8443; leave port out',
      (stack) => RestIntegration.alb(alb(stack), { ...V2_OPTIONS, port: 8443 }),
    ],
    ...[0, 65536, 1.5].map((port): [string, (stack: Stack) => RestIntegration] => [
      `port must be a whole number from 1 to 65535, got: ${port}`,
      (stack) => RestIntegration.alb(alb(stack), { ...V2_OPTIONS, port }),
    ]),
    ...['https://orders.example.com', 'orders.example.com:443', 'orders.example.com/v1', 'a b', ''].map(
      (host): [string, (stack: Stack) => RestIntegration] => [
        `host must be only a name, e.g. "orders.internal.example.com" (protocol, port and path are separate options), got: "${host}"`,
        (stack) => RestIntegration.alb(alb(stack), { host }),
      ],
    ),
    [
      'path must start with "/" and contain no space, e.g. "/internal/{proxy}", got: "v1"',
      (stack) => RestIntegration.alb(alb(stack), { ...V2_OPTIONS, path: 'v1' }),
    ],
    [
      'the URL has "{order}", which is not a path variable of the route. Add it to the path: "GET /x/{order}"',
      (stack) => RestIntegration.alb(alb(stack), { ...V2_OPTIONS, path: '/{order}' }),
    ],
    [
      'method "get" is not an HTTP method. Did you mean "GET"?',
      (stack) => RestIntegration.alb(alb(stack), { ...V2_OPTIONS, method: 'get' }),
    ],
    [
      'insecureSkipVerification must be the reason why the certificate does not come from a public authority, e.g. "issued by our private CA", got: " "',
      (stack) => RestIntegration.alb(alb(stack), { ...V2_OPTIONS, insecureSkipVerification: ' ' }),
    ],
    [
      'insecureSkipVerification is about a certificate, but protocol HTTP has none; remove one of them',
      (stack) =>
        RestIntegration.alb(clear(stack), {
          insecureSkipVerification: 'private CA',
          protocol: RestPrivateProtocol.HTTP,
        }),
    ],
    [
      'vpcLink is an existing link, and vpc, securityGroups would create another one; set one or the other',
      (stack) =>
        RestIntegration.alb(alb(stack), {
          ...V2_OPTIONS,
          vpc: vpcOf(stack),
          securityGroups: [own(stack)],
          vpcLink: VpcLink.fromVpcLinkAttributes(stack, 'Link', { vpcLinkId: 'abc123', vpc: vpcOf(stack) }),
        }),
    ],
    [
      'securityGroups is empty; a VPC link without a security group allows all outbound traffic. Leave it out for a new group',
      (stack) => RestIntegration.alb(alb(stack), { ...V2_OPTIONS, securityGroups: [] }),
    ],
    [
      'a VPC link supports 10 subnets, but 11 of "Stack/Big" are selected; select fewer, e.g. subnets: { onePerAz: true }, or raise the quota "Subnets per VPC link" and pass an existing link as vpcLink',
      (stack) => RestIntegration.nlb(importedNlb(stack), { ...V2_OPTIONS, port: 443, vpc: vpcWith(stack, 11) }),
    ],
    [
      'the VPC "Stack/Big" has no private subnet for the VPC link; set subnets, e.g. subnets: { subnetGroupName: \'Services\' }',
      (stack) => RestIntegration.nlb(importedNlb(stack), { ...V2_OPTIONS, port: 443, vpc: vpcWith(stack, 0) }),
    ],
    [
      'subnets selects no subnet of the VPC "Stack/Vpc"; use a group or type that it has, or pass the subnets themselves',
      (stack) => RestIntegration.alb(alb(stack), { ...V2_OPTIONS, subnets: { subnets: [] } }),
    ],
    [
      'the load balancer has no known security group, and the VPC "Stack/Big" no known CIDR block, so the VPC link cannot get access to it; import one of them with it (loadBalancerSecurityGroups, vpcCidrBlock), or set securityGroups for the link',
      (stack) => RestIntegration.nlb(importedNlb(stack), { ...V2_OPTIONS, port: 443, vpc: vpcWith(stack, 2) }),
    ],
    [
      'nlbLink is for a Network Load Balancer, but the load balancer "Stack/Alb" is an Application Load Balancer; a VPC link V1 supports no other; use RestIntegration.alb()',
      (stack) => RestIntegration.nlbLink(alb(stack).loadBalancer as never, V2_OPTIONS),
    ],
    [
      'nlbLink was given the listener "Stack/Nlb/Listener"; pass its load balancer, and the listener\'s port as port',
      (stack) => RestIntegration.nlbLink(nlb(stack) as never, V2_OPTIONS),
    ],
    [
      'the load balancer "Stack/Nlb" has security groups and applies them to traffic from PrivateLink, so requests through a VPC link V1 time out; set enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false on the load balancer, or use RestIntegration.nlb()',
      (stack) => RestIntegration.nlbLink(nlb(stack, 'Nlb', Protocol.TCP, [own(stack)]).loadBalancer, V2_OPTIONS),
    ],
    [
      'alb is for an Application Load Balancer, but the listener "Stack/Nlb/Listener" is of a Network Load Balancer; use RestIntegration.nlb()',
      (stack) => RestIntegration.alb(nlb(stack) as never, V2_OPTIONS),
    ],
    [
      'alb was given the load balancer "Stack/Alb"; use RestIntegration.albLoadBalancer()',
      (stack) => RestIntegration.alb(alb(stack).loadBalancer as never, V2_OPTIONS),
    ],
    [
      'nlb was given the load balancer "Stack/Nlb"; use RestIntegration.nlbLoadBalancer()',
      (stack) => RestIntegration.nlb(nlb(stack).loadBalancer as never, V2_OPTIONS),
    ],
    [
      'albLoadBalancer was given the listener "Stack/Alb/Listener"; use RestIntegration.alb()',
      (stack) => RestIntegration.albLoadBalancer(alb(stack) as never, V2_OPTIONS),
    ],
    [
      'nlbLoadBalancer was given the listener "Stack/Nlb/Listener"; use RestIntegration.nlb()',
      (stack) => RestIntegration.nlbLoadBalancer(nlb(stack) as never, V2_OPTIONS),
    ],
    [
      'nlbLoadBalancer is for a Network Load Balancer, but the load balancer "Stack/Imported" is an Application Load Balancer; use RestIntegration.alb()',
      (stack) =>
        RestIntegration.nlbLoadBalancer(
          NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Imported', {
            loadBalancerArn: `${LB_ARN}/app/orders/1`,
          }),
          V2_OPTIONS,
        ),
    ],
    [
      'alb was given the AWS Cloud Map service "Stack/Names/Orders"; a REST API has no integration with Cloud Map. Put the service behind a load balancer',
      (stack) => {
        const names = new PrivateDnsNamespace(stack, 'Names', { name: 'internal', vpc: vpcOf(stack) });
        return RestIntegration.alb(names.createService('Orders') as never, V2_OPTIONS);
      },
    ],
  ])('%s', (message, make) => {
    const { api, stack } = empty();
    const integration = make(stack);
    expect(() => api.addRoute('GET /x', { integration })).toThrow(
      new Error(`RestGateway 'Api': route "GET /x": ${message}`),
    );
  });

  test.each([
    ['account', '444455556666', 'eu-west-1'],
    ['region', '111122223333', 'us-east-1'],
  ])('a load balancer of another %s', (what, account, region) => {
    const app = testApp();
    const listener = alb(new Stack(app, 'Other', { env: { account, region } }));
    const stack = new Stack(app, 'Stack', { env: ENV });
    const make = () =>
      new RestGateway(stack, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        webAcl: WebAcl.none('test'),
        routes: { 'GET /': { integration: RestIntegration.alb(listener, V2_OPTIONS) } },
      });
    const [theirs, ours] = what === 'account' ? [account, ENV.account] : [region, ENV.region];
    expect(make).toThrow(
      `the listener "Other/Alb/Listener" is in ${what} ${theirs} and the API in ${ours}; a private integration requires the load balancer in the ${what} of the API`,
    );
  });

  test('an imported NLB with security groups has its link V1: what it does with PrivateLink cannot be told', () => {
    const { integration, template } = bound('GET /', (stack) =>
      RestIntegration.nlbLink(
        NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'Imported', {
          loadBalancerArn: `${LB_ARN}/net/orders/1`,
          loadBalancerSecurityGroups: ['sg-1'],
        }),
        V2_OPTIONS,
      ),
    );
    expect(ids(template, V1)).toEqual([expect.stringMatching(/^ApiGatewayVpcLinksorders1V1/)]);
    expect(integration.uri).toBe(`https://${HOST}/`);
  });

  test('an NLB with security groups that lets PrivateLink through has its link V1', () => {
    const { template } = bound('GET /', (stack) => {
      const loadBalancer = new NetworkLoadBalancer(stack, 'Nlb', {
        vpc: vpcOf(stack),
        securityGroups: [own(stack)],
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false,
      });
      return RestIntegration.nlbLink(loadBalancer, V2_OPTIONS);
    });
    expect(ids(template, V1)).toHaveLength(1);
  });
});

/** An imported VPC with so many private subnets, and no CIDR block. */
function vpcWith(stack: Stack, subnets: number): IVpc {
  const privateSubnetIds = Array.from({ length: subnets }, (_, i) => `subnet-${i}`);
  const availabilityZones = Array.from({ length: Math.max(subnets, 1) }, (_, i) => `az-${i}`);
  return Vpc.fromVpcAttributes(stack, 'Big', {
    vpcId: 'vpc-1',
    availabilityZones,
    ...(subnets > 0 ? { privateSubnetIds } : { publicSubnetIds: ['subnet-p'] }),
  });
}
