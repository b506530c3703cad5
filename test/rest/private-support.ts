import { type Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  type ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type BaseApplicationListenerProps,
  ListenerAction,
  type NetworkListener,
  NetworkListenerAction,
  NetworkLoadBalancer,
  NetworkTargetGroup,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type Construct } from 'constructs';
import { type RestGatewayProps, RestIntegration } from '../../lib';
import { gateway, ids, type Json, resource, templateOf } from '../support/stacks';

export const HOST = 'orders.internal.example.com';
export const ENV = { account: '111122223333', region: 'eu-west-1' };
export const LB_ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer';
export const LISTENER_ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener';

export interface AlbOptions extends Partial<BaseApplicationListenerProps> {
  readonly internetFacing?: boolean;
  readonly vpc?: Vpc;
}

export function alb(
  scope: Construct,
  id = 'Alb',
  { internetFacing, vpc, ...listener }: AlbOptions = {},
): ApplicationListener {
  const clear = listener.protocol === ApplicationProtocol.HTTP;
  const certificate = Certificate.fromCertificateArn(
    scope,
    `${id}Cert`,
    'arn:aws:acm:eu-west-1:111122223333:certificate/x',
  );
  return new ApplicationLoadBalancer(scope, id, { vpc: vpc ?? vpcOf(scope), internetFacing }).addListener('Listener', {
    open: false,
    protocol: ApplicationProtocol.HTTPS,
    certificates: clear ? undefined : [certificate],
    defaultAction: ListenerAction.fixedResponse(200),
    ...listener,
  });
}

export function nlb(
  scope: Construct,
  id = 'Nlb',
  protocol = Protocol.TCP,
  securityGroups?: SecurityGroup[],
): NetworkListener {
  const vpc = vpcOf(scope);
  const group = new NetworkTargetGroup(scope, `${id}Targets`, { vpc, port: 8443, protocol });
  return new NetworkLoadBalancer(scope, id, { vpc, securityGroups }).addListener('Listener', {
    port: 8443,
    protocol,
    certificates: protocol === Protocol.TLS ? [{ certificateArn: 'arn:aws:acm:x:certificate/y' }] : undefined,
    defaultAction: NetworkListenerAction.forward([group]),
  });
}

export function vpcOf(scope: Construct): Vpc {
  return (scope.node.tryFindChild('Vpc') as Vpc | undefined) ?? new Vpc(scope, 'Vpc', { natGateways: 1 });
}

/** A gateway without a route of interest. */
export function empty(stages?: RestGatewayProps['stages']) {
  return gateway({ stages, routes: { 'GET /other': { integration: RestIntegration.mock() } } });
}

/** The integration of one route, in a stack of its own or in that of another. */
export function bound(key: string, make: (stack: Stack) => RestIntegration, variables?: Record<string, string>) {
  const { api, stack } = empty({ prod: { variables } });
  api.addRoute(key, { integration: make(stack) });
  const template = templateOf(stack);
  return { template, integration: integrationOf(template, key) };
}

export function integrationOf(template: Json, key: string): Json {
  const [method, path] = key.split(' ');
  const { Body } = resource(template, 'AWS::ApiGateway::RestApi').Properties;
  return Body.paths[path][method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase()][
    'x-amazon-apigateway-integration'
  ];
}

export const idOf = (template: Json, type: string, id = /./): string => {
  const found = ids(template, type).filter((one) => id.test(one));
  expect(found).toHaveLength(1);
  return found[0];
};

export const LB = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const V2 = 'AWS::ApiGatewayV2::VpcLink';
export const V1 = 'AWS::ApiGateway::VpcLink';
export const INGRESS = 'AWS::EC2::SecurityGroupIngress';
export const EGRESS = 'AWS::EC2::SecurityGroupEgress';
