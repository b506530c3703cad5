import { type Stack, Token } from 'aws-cdk-lib';
import { type INetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IVpcLink as IVpcLinkV1 } from 'aws-cdk-lib/aws-apigateway';
import { type Owner } from '../authoring/errors';
import { type LoadBalancerCaller, loadBalancerTarget, type LoadBalancerTarget } from './load-balancer';
import { VpcLinks } from './vpc-links';

/** The target of a VPC link V1, and its id; the link is created if none is passed. */
export function linkToNlb(
  loadBalancer: INetworkLoadBalancer,
  own: IVpcLinkV1 | undefined,
  caller: LoadBalancerCaller,
  context: { readonly owner: Owner; readonly stack: Stack },
): { readonly target: LoadBalancerTarget; readonly connectionId: () => string } {
  const target = loadBalancerTarget(loadBalancer, 'network', caller, context);
  if (target.isListener) {
    throw context.owner.error(
      `nlbLink was given the ${target.label}; pass its load balancer, and the listener's port as port`,
    );
  }
  checkPrivateLink(loadBalancer, target, caller, context.owner);
  return { target, connectionId: () => own?.vpcLinkId ?? VpcLinks.of(context.stack).v1(loadBalancer) };
}

/** Requests through a link V1 come from addresses that no rule can name. */
function checkPrivateLink(
  loadBalancer: INetworkLoadBalancer,
  { label }: LoadBalancerTarget,
  { instead }: LoadBalancerCaller,
  owner: Owner,
): void {
  const { securityGroups, enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced } = loadBalancer;
  const isImported = loadBalancer.node.defaultChild === undefined;
  if (isImported || !securityGroups || securityGroups.length === 0) return;
  if (enforced === 'off' || Token.isUnresolved(enforced)) return;
  throw owner.error(
    `the ${label} has security groups and applies them to traffic from PrivateLink, so requests through a VPC link V1 time out; ` +
      `set enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false on the load balancer, or ${instead.network}`,
  );
}
