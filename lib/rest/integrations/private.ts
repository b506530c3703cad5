import { Token } from 'aws-cdk-lib';
import {
  type IApplicationListener,
  type IApplicationLoadBalancer,
  type INetworkListener,
  type INetworkLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { show } from '../../shared/errors';
import { openedLink } from '../../shared/vpc-link-options';
import { VpcLinks } from '../../shared/vpc-links';
import { type BindIntegration, type BoundIntegration, type IntegrationContext } from '../binding';
import { httpTarget } from './http';
import {
  type LoadBalancerCaller,
  type LoadBalancerKind,
  type LoadBalancerOrListener,
  loadBalancerTarget,
  type LoadBalancerTarget,
} from '../../shared/load-balancer';
import {
  type RestNlbLinkIntegrationOptions,
  type RestPrivateIntegrationOptions,
  RestPrivateProtocol,
  type RestVpcLinkIntegrationOptions,
} from './private-options';
import { privateUrl } from './private-url';
import { integrationTimeout } from './timeout';

export function privateAlb(
  target: IApplicationListener | IApplicationLoadBalancer,
  options: RestVpcLinkIntegrationOptions,
): BindIntegration {
  return throughV2(target, 'application', 'privateAlb', options);
}

export function privateNlb(
  target: INetworkListener | INetworkLoadBalancer,
  options: RestVpcLinkIntegrationOptions,
): BindIntegration {
  return throughV2(target, 'network', 'privateNlb', options);
}

export function nlbLink(loadBalancer: INetworkLoadBalancer, options: RestNlbLinkIntegrationOptions): BindIntegration {
  return (context) => {
    const target = loadBalancerTarget(loadBalancer, 'network', callerOf('nlbLink'), context);
    if (target.isListener) {
      throw context.owner.error(
        `nlbLink was given the ${target.label}; give its load balancer, and the listener's port as port`,
      );
    }
    checkPrivateLink(loadBalancer, target, context);
    const { url } = privateUrl(target, options, context);
    const connectionId = options.vpcLink?.vpcLinkId ?? VpcLinks.of(context.stack).v1(loadBalancer);
    return bound(url, connectionId, undefined, options, context);
  };
}

function throughV2(
  given: LoadBalancerOrListener,
  kind: LoadBalancerKind,
  method: string,
  options: RestVpcLinkIntegrationOptions,
): BindIntegration {
  return (context) => {
    const target = loadBalancerTarget(given, kind, callerOf(method), context);
    const { url, port } = privateUrl(target, options, context);
    return bound(url, openedLink(target, port, options, context), target.arn, options, context);
  };
}

const callerOf = (method: string): LoadBalancerCaller => ({
  method,
  methods: { application: 'RestIntegration.privateAlb', network: 'RestIntegration.privateNlb' },
  cloudMap: 'a REST API has no integration with Cloud Map. Put the service behind a load balancer',
});

function bound(
  url: string,
  connectionId: string,
  integrationTarget: string | undefined,
  options: RestPrivateIntegrationOptions,
  context: IntegrationContext,
): BoundIntegration {
  const { method, uri, requestParameters } = httpTarget(url, options.method, context);
  const streamed = options.streamResponse ?? false;
  const unverifiedReason = unverified(options, context);
  return {
    ...(unverifiedReason !== undefined && { unverifiedReason }),
    extension: {
      type: 'http_proxy',
      httpMethod: method,
      uri,
      connectionType: 'VPC_LINK',
      connectionId,
      integrationTarget,
      requestParameters,
      timeoutInMillis: integrationTimeout(options.timeout, streamed, context),
      responseTransferMode: streamed ? 'STREAM' : undefined,
      tlsConfig: unverifiedReason === undefined ? undefined : { insecureSkipVerification: true },
    },
  };
}

function unverified(options: RestPrivateIntegrationOptions, { owner }: IntegrationContext): string | undefined {
  const { insecureSkipVerification: reason, protocol } = options;
  if (reason === undefined) return undefined;
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw owner.error(
      `insecureSkipVerification must be the reason why the certificate is of no public authority, e.g. "issued by our private CA", got: ${show(reason)}`,
    );
  }
  if (protocol === RestPrivateProtocol.HTTP) {
    throw owner.error(
      'insecureSkipVerification is about a certificate, and protocol HTTP has none; leave one of them out',
    );
  }
  return reason;
}

/** Requests of a link V1 come from addresses that no rule can name. */
function checkPrivateLink(
  loadBalancer: INetworkLoadBalancer,
  { label }: LoadBalancerTarget,
  { owner }: IntegrationContext,
): void {
  const { securityGroups, enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced } = loadBalancer;
  const isImported = loadBalancer.node.defaultChild === undefined;
  if (isImported || !securityGroups || securityGroups.length === 0) return;
  if (enforced === 'off' || Token.isUnresolved(enforced)) return;
  throw owner.error(
    `the ${label} has security groups and holds the traffic of PrivateLink to them, so that requests through a VPC link V1 time out; ` +
      'set enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false on the load balancer, or use RestIntegration.privateNlb()',
  );
}
