import { App, Fn, Stack, Stage } from 'aws-cdk-lib';
import { VpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  NetworkListener,
  NetworkLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';
import { gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';

import {
  alb,
  bound,
  ENV,
  HOST,
  integrationOf,
  EGRESS,
  INGRESS,
  LB_ARN,
  LISTENER_ARN,
  V2,
  vpcOf,
} from './private-support';
describe('links', () => {
  /** Two gateways in one stack, before one load balancer or two. */
  function shared(make: (stack: Stack) => RestIntegration[]) {
    const { stack } = gateway();
    const [first, ...others] = make(stack);
    const props = { defaultAuthorizer: RestAuthorizer.iam(), webAcl: WebAcl.none('test') };
    new RestGateway(stack, 'First', { ...props, routes: { 'GET /': { integration: first } } });
    others.forEach(
      (integration, i) => new RestGateway(stack, `Other${i}`, { ...props, routes: { 'GET /': { integration } } }),
    );
    return templateOf(stack);
  }

  test('APIs of a stack share the link to a VPC, and its rules are written once', () => {
    const template = shared((stack) => {
      const a = alb(stack);
      return [a, a, alb(stack, 'Second', { port: 9443, protocol: ApplicationProtocol.HTTPS })].map((listener) =>
        RestIntegration.alb(listener, { host: HOST }),
      );
    });
    expect(ids(template, V2)).toHaveLength(1);
    expect(ids(template, EGRESS)).toHaveLength(2);
    expect(ids(template, INGRESS)).toHaveLength(2);
  });

  test('another VPC, other subnets and other security groups are another link', () => {
    const template = shared((stack) => {
      const a = alb(stack);
      const second = new Vpc(stack, 'Second', { natGateways: 1 });
      const groups = ['A', 'B'].map((id) => new SecurityGroup(stack, id, { vpc: vpcOf(stack) }));
      const subnets = { subnetType: SubnetType.PUBLIC };
      return [
        RestIntegration.alb(a, { host: HOST }),
        RestIntegration.alb(alb(stack, 'Elsewhere', { vpc: second }), { host: HOST }),
        RestIntegration.alb(a, { host: HOST, subnets }),
        RestIntegration.alb(a, { host: HOST, securityGroups: groups }),
        RestIntegration.alb(a, { host: HOST, securityGroups: [...groups].reverse() }),
      ];
    });
    expect(ids(template, V2)).toHaveLength(4);
    const groups = ids(template, V2).map((id) => template.Resources[id].Properties.SecurityGroupIds.length);
    expect(groups.sort()).toEqual([1, 1, 1, 2]);
    // None for the users' own groups.
    expect(ids(template, INGRESS)).toHaveLength(3);
  });

  test('isolated subnets where there are no private ones', () => {
    const { template } = bound('GET /', (stack) => {
      const vpc = new Vpc(stack, 'Vpc', {
        natGateways: 0,
        subnetConfiguration: [{ name: 'In', subnetType: SubnetType.PRIVATE_ISOLATED }],
      });
      return RestIntegration.alb(alb(stack, 'Alb', { vpc }), { host: HOST });
    });
    expect(JSON.stringify(resource(template, V2).Properties.SubnetIds)).toContain('VpcInSubnet1');
  });

  test('a link of the users own', () => {
    const { integration, template } = bound('GET /', (stack) => {
      const vpcLink = VpcLink.fromVpcLinkAttributes(stack, 'Own', { vpcLinkId: 'abc123', vpc: vpcOf(stack) });
      return RestIntegration.alb(alb(stack), { host: HOST, vpcLink });
    });
    expect(integration.connectionId).toBe('abc123');
    expect([V2, INGRESS, EGRESS].flatMap((type) => ids(template, type))).toEqual([]);
  });

  test('other subnets make another link and another deployment, whatever the order of routes', () => {
    const idsOf = (maxAzs: number, order: readonly string[]) => {
      const { api, stack } = gateway();
      const vpc = new Vpc(stack, 'Vpc', {
        natGateways: 1,
        availabilityZones: ['a', 'b', 'c'].slice(0, maxAzs),
      });
      const listeners = { '/a': alb(stack, 'A', { vpc }), '/b': alb(stack, 'B', { vpc }) };
      for (const path of order) {
        const integration = RestIntegration.alb(listeners[path as '/a'], { host: HOST });
        api.addRoute(`GET ${path}`, { integration });
      }
      const template = templateOf(stack);
      return [V2, EGRESS, INGRESS, 'AWS::ApiGateway::Deployment'].map((type) => ids(template, type).sort());
    };
    const [two, turned, three] = [idsOf(2, ['/a', '/b']), idsOf(2, ['/b', '/a']), idsOf(3, ['/a', '/b'])];
    expect(turned).toEqual(two);
    expect(three[0]).not.toEqual(two[0]);
    expect(three[3]).not.toEqual(two[3]);
  });
});

describe('load balancers of elsewhere', () => {
  /** A stack of its own, so that a cycle would fail the synthesis. */
  function across(env?: typeof ENV) {
    const app = testApp();
    const network = new Stack(app, 'Network', { env });
    const services = new Stack(app, 'Services', { env });
    const stack = new Stack(app, 'Orders', { env });
    const listener = alb(services, 'Alb', { vpc: vpcOf(network) });
    const make = (integration: RestIntegration) => {
      new RestGateway(stack, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        webAcl: WebAcl.none('test'),
        routes: { 'GET /': { integration } },
      });
      app.synth();
      return { template: templateOf(stack), services: templateOf(services) };
    };
    return { app, stack, listener, make };
  }

  test.each(['listener', 'load balancer'])(
    '%s of another stack: link and rules are in the stack of the API',
    (what) => {
      const { listener, make } = across();
      const integration =
        what === 'listener'
          ? RestIntegration.alb(listener, { host: HOST })
          : RestIntegration.albLoadBalancer(listener.loadBalancer, { host: HOST });
      const { template, services } = make(integration);
      expect([V2, EGRESS, INGRESS].map((type) => ids(template, type).length)).toEqual([1, 1, 1]);
      expect(resource(template, INGRESS).Properties.GroupId).toEqual({
        'Fn::ImportValue': expect.stringMatching(/^Services:.*AlbSecurityGroup/),
      });
      expect(ids(services, INGRESS)).toEqual([]);
      expect(integrationOf(template, 'GET /').integrationTarget).toEqual({ 'Fn::ImportValue': expect.anything() });
    },
  );

  test('the ids are those of every stage of a pipeline', () => {
    const app = testApp();
    const idsIn = (name: string) => {
      const stage = new Stage(app, name);
      const listener = alb(new Stack(stage, 'Services'));
      const stack = new Stack(stage, 'Orders');
      new RestGateway(stack, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        webAcl: WebAcl.none('test'),
        routes: { 'GET /': { integration: RestIntegration.alb(listener, { host: HOST }) } },
      });
      const { template } = stage.synth().getStackByName(stack.stackName);
      return ids(template, V2);
    };
    expect(idsIn('Beta')).toEqual([expect.stringMatching(/^ApiGatewayVpcLinksServicesVpc/)]);
    expect(idsIn('Prod')).toEqual(idsIn('Gamma'));
  });

  test('listener and load balancer by attributes, the listener by a token too', () => {
    const { api, stack } = gateway();
    const vpc = vpcOf(stack);
    const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
    const listener = (id: string, listenerArn: string) =>
      ApplicationListener.fromApplicationListenerAttributes(stack, id, {
        listenerArn,
        securityGroup,
        defaultPort: 9443,
      });
    const byArn = listener('ByArn', `${LISTENER_ARN}/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2`);
    const byToken = listener('ByToken', Fn.importValue('ListenerArn'));
    const lb = ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Lb', {
      loadBalancerArn: `${LB_ARN}/app/orders/50dc6c495c0c9188`,
      securityGroupId: 'sg-2',
      vpc,
    });
    api.addRoute('GET /a', { integration: RestIntegration.alb(byArn, { host: HOST, vpc }) });
    api.addRoute('GET /b', { integration: RestIntegration.alb(byToken, { host: HOST, vpc }) });
    api.addRoute('GET /c', { integration: RestIntegration.albLoadBalancer(lb, { host: HOST }) });
    const template = templateOf(stack);
    expect(integrationOf(template, 'GET /a')).toMatchObject({
      uri: `https://${HOST}:9443/a`,
      integrationTarget: `${LB_ARN}/app/orders/50dc6c495c0c9188`,
    });
    expect(evaluate(integrationOf(template, 'GET /b').integrationTarget, `${LISTENER_ARN}/app/x/y/z`)).toBe(
      `${LB_ARN}/app/x/y`,
    );
    expect(integrationOf(template, 'GET /c').uri).toBe(`https://${HOST}/c`);
    const opened = ids(template, INGRESS).map((id) => template.Resources[id].Properties);
    expect(opened.map(({ GroupId, ToPort }) => [GroupId, ToPort]).sort()).toEqual([
      ['sg-1', 9443],
      ['sg-2', 443],
    ]);
  });

  test('two imports of one VPC are one link', () => {
    const { api, stack } = gateway();
    ['A', 'B'].forEach((id, i) => {
      const vpc = Vpc.fromVpcAttributes(stack, id, {
        vpcId: 'vpc-1',
        vpcCidrBlock: '10.0.0.0/16',
        availabilityZones: ['a', 'b'],
        privateSubnetIds: i ? ['subnet-2', 'subnet-1'] : ['subnet-1', 'subnet-2'],
      });
      const listener = NetworkListener.fromNetworkListenerArn(stack, `L${id}`, `${LISTENER_ARN}/net/n/${id}/l`);
      api.addRoute(`GET /${id}`, { integration: RestIntegration.nlb(listener, { host: HOST, vpc, port: 443 }) });
    });
    const template = templateOf(stack);
    expect(ids(template, V2)).toEqual([expect.stringMatching(/^ApiGatewayVpcLinksvpc1/)]);
    expect(integrationOf(template, 'GET /B').integrationTarget).toBe(`${LB_ARN}/net/n/B`);
    const egress = resource(template, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupEgress;
    expect(egress).toEqual([expect.objectContaining({ CidrIp: '10.0.0.0/16', FromPort: 443 })]);
  });

  test('by lookup', () => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    const stack = new Stack(app, 'Stack', { env: ENV });
    const vpc = Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-12345' });
    const by = { loadBalancerTags: { app: 'orders' } };
    const routes = {
      'GET /a': RestIntegration.alb(ApplicationListener.fromLookup(stack, 'A', by), {
        host: HOST,
        vpc,
        port: 9443,
      }),
      'GET /b': RestIntegration.albLoadBalancer(ApplicationLoadBalancer.fromLookup(stack, 'B', by), { host: HOST }),
      'GET /c': RestIntegration.nlb(NetworkListener.fromLookup(stack, 'C', by), { host: HOST, vpc, port: 443 }),
      'GET /d': RestIntegration.nlbLoadBalancer(NetworkLoadBalancer.fromLookup(stack, 'D', by), { host: HOST }),
    };
    new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.none('test'),
      routes: Object.fromEntries(Object.entries(routes).map(([key, integration]) => [key, { integration }])),
    });
    const template = templateOf(stack);
    expect(ids(template, V2)).toHaveLength(1);
    expect(Object.keys(routes).map((key) => integrationOf(template, key).integrationTarget)).toEqual(
      Array(4).fill(expect.stringMatching(/:loadbalancer\/\w+\/[\w-]+\/\w+$/)),
    );
  });
});

/** `Fn::Select`, `Fn::Split` and `Fn::Join` with one value for every import. */
function evaluate(value: Json, imported: string): Json {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => evaluate(item, imported));
  const [[name, argument]] = Object.entries<Json>(value);
  const args = evaluate(argument, imported);
  switch (name) {
    case 'Fn::ImportValue':
      return imported;
    case 'Fn::Select':
      return args[1][args[0]];
    case 'Fn::Split':
      return args[1].split(args[0]);
    case 'Fn::Join':
      return args[1].join(args[0]);
    default:
      return 'aws';
  }
}
