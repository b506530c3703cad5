import { Aws, CfnResource, Fn, Stack, Token } from 'aws-cdk-lib';
import { type IConnectable, type IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  type CfnListener,
  type CfnLoadBalancer,
  type IApplicationListener,
  type IApplicationLoadBalancer,
  type IListener,
  type INetworkListener,
  type INetworkLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IConstruct } from 'constructs';
import { type Owner } from '../authoring/errors';

/** The user of a load balancer: the owner of errors, and the place of the API. */
export interface LoadBalancerContext {
  readonly owner: Owner;
  readonly stack: Stack;
}

/** The method that got the load balancer, and its alternatives in the same class. */
export interface LoadBalancerCaller {
  readonly method: string;
  /** The alternative for a load balancer of each kind, e.g. `use RestIntegration.alb()`. */
  readonly instead: Readonly<Record<LoadBalancerKind, string>>;
  /** The alternative for an AWS Cloud Map service. */
  readonly cloudMap: string;
}

export type LoadBalancer = IApplicationLoadBalancer | INetworkLoadBalancer;
export type LoadBalancerOrListener = LoadBalancer | IApplicationListener | INetworkListener;
export type LoadBalancerKind = 'application' | 'network';

/** The data of a load balancer that can be read from the argument. */
export interface LoadBalancerTarget {
  /** Its name in errors. */
  readonly label: string;
  readonly arn: string;
  /** The values of `fromLookup` before the CLI has looked it up: none is real, and an error would prevent the lookup. */
  readonly isPlaceholder: boolean;
  readonly isListener: boolean;
  /** Of the listener, if one was passed. */
  readonly listenerArn?: string;
  readonly loadBalancer?: LoadBalancer;
  readonly connectable?: IConnectable;
  readonly vpc?: IVpc;
  readonly port?: number;
  /** Of the listener, e.g. `HTTPS`, `TLS`, `TCP`. */
  readonly listenerProtocol?: string;
  readonly internetFacing: boolean;
  readonly dnsName?: string;
}

const NAMES = { application: 'an Application Load Balancer', network: 'a Network Load Balancer' };
/** In a real ARN the type is `app` or `net`. */
const LOOKUP_PLACEHOLDER = /:loadbalancer\/(application|network)\//;

/** Reads the argument, which must be of the kind that the method accepts. */
export function loadBalancerTarget(
  given: LoadBalancerOrListener,
  kind: LoadBalancerKind,
  { method, instead, cloudMap }: LoadBalancerCaller,
  context: LoadBalancerContext,
): LoadBalancerTarget {
  const { owner } = context;
  if ('namespace' in given) {
    throw owner.error(
      `${method} was given the AWS Cloud Map service "${(given as IConstruct).node.path}"; ${cloudMap}`,
    );
  }
  const listener = isListener(given) ? given : undefined;
  const loadBalancer = isListener(given) ? loadBalancerOf(given) : given;
  const label = `${listener ? 'listener' : 'load balancer'} "${given.node.path}"`;
  const arn = loadBalancer?.loadBalancerArn ?? arnOfListener((listener as IListener).listenerArn);
  const found = kindOf(given, loadBalancer, arn);
  if (found && found !== kind) {
    const reach = method === 'nlbLink' ? 'a VPC link V1 supports no other; ' : '';
    throw owner.error(
      `${method} is for ${NAMES[kind]}, but the ${label} is ${listener ? 'of ' : ''}${NAMES[found]}; ${reach}${instead[found]}`,
    );
  }
  const placeholder = LOOKUP_PLACEHOLDER.test(arn);
  if (!placeholder) checkPlace(loadBalancer ?? given, label, context);
  const own = listener && l1Of<CfnListener>(listener, 'AWS::ElasticLoadBalancingV2::Listener');
  const connectable = 'connections' in given ? given : loadBalancer;
  return {
    label,
    arn,
    isPlaceholder: placeholder,
    isListener: listener !== undefined,
    listenerArn: listener?.listenerArn,
    loadBalancer,
    connectable,
    vpc: loadBalancer?.vpc,
    port: listener && (own?.port ?? portOf(connectable)),
    listenerProtocol: own?.protocol,
    internetFacing: loadBalancer !== undefined && l1OfLoadBalancer(loadBalancer)?.scheme === 'internet-facing',
    dnsName: loadBalancer && dnsNameOf(loadBalancer),
  };
}

const isListener = (given: LoadBalancerOrListener): given is IApplicationListener | INetworkListener =>
  'listenerArn' in given;

function loadBalancerOf(listener: IListener): LoadBalancer | undefined {
  return 'loadBalancer' in listener ? (listener.loadBalancer as LoadBalancer) : undefined;
}

function l1Of<T extends CfnResource>(construct: IConstruct, type: string): T | undefined {
  const child = construct.node.defaultChild;
  return child && CfnResource.isCfnResource(child) && child.cfnResourceType === type ? (child as T) : undefined;
}

const l1OfLoadBalancer = (loadBalancer: LoadBalancer): CfnLoadBalancer | undefined =>
  l1Of<CfnLoadBalancer>(loadBalancer, 'AWS::ElasticLoadBalancingV2::LoadBalancer');

function kindOf(
  given: LoadBalancerOrListener,
  loadBalancer: LoadBalancer | undefined,
  arn: string,
): LoadBalancerKind | undefined {
  if ('isApplicationListener' in given || 'isApplicationLoadBalancer' in given) return 'application';
  if ('isNetworkListener' in given) return 'network';
  const type = loadBalancer && l1OfLoadBalancer(loadBalancer)?.type;
  if (type === 'application' || type === 'network') return type;
  const [, letters] = /:loadbalancer\/(app|net)\//.exec(arn) ?? [];
  return letters === undefined ? undefined : letters === 'app' ? 'application' : 'network';
}

/** A listener's ARN contains that of its load balancer: `…:listener/app/name/id/listener-id`. */
function arnOfListener(listenerArn: string): string {
  if (!Token.isUnresolved(listenerArn)) {
    return listenerArn.replace(':listener/', ':loadbalancer/').split('/').slice(0, 4).join('/');
  }
  const part = (index: number): string => Fn.select(index, Fn.split('/', listenerArn));
  const place = [4, 3].map((index) => Fn.select(index, Fn.split(':', listenerArn)));
  return `arn:${Aws.PARTITION}:elasticloadbalancing:${place[1]}:${place[0]}:loadbalancer/${[1, 2, 3].map(part).join('/')}`;
}

function portOf(connectable: IConnectable | undefined): number | undefined {
  const rule = connectable?.connections.defaultPort?.toRuleJson() as { readonly fromPort?: number } | undefined;
  return rule?.fromPort;
}

function dnsNameOf(loadBalancer: LoadBalancer): string | undefined {
  try {
    return loadBalancer.loadBalancerDnsName;
  } catch {
    return undefined;
  }
}

/** Load balancer, link and API must belong to one account, and a link ends in its Region. */
function checkPlace({ env }: LoadBalancerOrListener, label: string, { owner, stack }: LoadBalancerContext): void {
  const { account, region } = Stack.of(stack);
  const pairs = [
    ['account', env.account, account],
    ['region', env.region, region],
  ] as const;
  for (const [what, theirs, ours] of pairs) {
    if (Token.isUnresolved(theirs) || Token.isUnresolved(ours) || theirs === ours) continue;
    throw owner.error(
      `the ${label} is in ${what} ${theirs} and the API in ${ours}; a private integration requires the load balancer in the ${what} of the API`,
    );
  }
}
