import {
  type IApplicationListener,
  type IApplicationLoadBalancer,
  type INetworkListener,
  type INetworkLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { show } from '../../authoring/errors';
import { IntegrationType } from '../../gateway/integration-context';
import { linkToNlb } from '../../integrations/nlb-link';
import { clearTextReason } from '../../integrations/private-listener';
import { privateUrl } from '../../integrations/private-url';
import { openedLink } from '../../integrations/vpc-link-options';
import { type RestBindIntegration, type RestIntegrationContext } from '../binding';
import { type RestIntegrationConfig } from '../integration-config';
import { httpTarget } from './http';
import {
  type LoadBalancerCaller,
  type LoadBalancerKind,
  type LoadBalancerOrListener,
  loadBalancerTarget,
  type LoadBalancerTarget,
} from '../../integrations/load-balancer';
import {
  type RestNlbLinkIntegrationOptions,
  type RestPrivateCommonOptions,
  type RestPrivateIntegrationOptions,
  RestPrivateProtocol,
} from './private-options';

export function alb(
  given: IApplicationListener | IApplicationLoadBalancer,
  method: 'alb' | 'albLoadBalancer',
  options: RestPrivateIntegrationOptions,
): RestBindIntegration {
  return throughV2(given, 'application', method, options);
}

export function nlb(
  given: INetworkListener | INetworkLoadBalancer,
  method: 'nlb' | 'nlbLoadBalancer',
  options: RestPrivateIntegrationOptions,
): RestBindIntegration {
  return throughV2(given, 'network', method, options);
}

export function nlbLink(
  loadBalancer: INetworkLoadBalancer,
  options: RestNlbLinkIntegrationOptions,
): RestBindIntegration {
  return (context) => {
    const { target, connectionId } = linkToNlb(loadBalancer, options.vpcLink, callerOf('nlbLink'), context);
    const { url } = urlOf(target, options, context);
    return bound(url, connectionId(), undefined, options, context);
  };
}

function throughV2(
  given: LoadBalancerOrListener,
  kind: LoadBalancerKind,
  method: string,
  options: RestPrivateIntegrationOptions,
): RestBindIntegration {
  return (context) => {
    const target = loadBalancerTarget(given, kind, callerOf(method), context);
    checkGiven(target, method, kind === 'application' ? 'alb' : 'nlb', context);
    const { url, port } = urlOf(target, options, context);
    return bound(url, openedLink(target, port, options, context), target.arn, options, context);
  };
}

/** @throws if a listener is given instead of its load balancer or vice versa, which no compiler prevents in JavaScript */
function checkGiven(
  { isListener, label }: LoadBalancerTarget,
  method: string,
  forListeners: string,
  { owner }: RestIntegrationContext,
): void {
  const wanted = isListener ? forListeners : `${forListeners}LoadBalancer`;
  if (method !== wanted) throw owner.error(`${method} was given the ${label}; use RestIntegration.${wanted}()`);
}

const urlOf = (
  target: LoadBalancerTarget,
  options: RestPrivateCommonOptions,
  { owner, route }: RestIntegrationContext,
) => privateUrl(target, { ...options, path: options.path ?? route.path }, 'RestPrivateProtocol', owner);

const callerOf = (method: string): LoadBalancerCaller => ({
  method,
  instead: { application: 'use RestIntegration.alb()', network: 'use RestIntegration.nlb()' },
  cloudMap: 'a REST API has no integration with Cloud Map. Put the service behind a load balancer',
});

function bound(
  url: string,
  connectionId: string,
  integrationTarget: string | undefined,
  options: RestPrivateCommonOptions,
  context: RestIntegrationContext,
): RestIntegrationConfig {
  return {
    type: IntegrationType.HTTP_PROXY,
    ...httpTarget(url, options.method, context),
    connectionId,
    integrationTarget,
    timeout: options.timeout,
    streamResponse: options.streamResponse,
    insecureSkipVerification: unverified(options, context),
    clearText: clearTextReason(options, 'RestPrivateProtocol', context.owner),
  };
}

function unverified(options: RestPrivateCommonOptions, { owner }: RestIntegrationContext): string | undefined {
  const { insecureSkipVerification: reason, protocol } = options;
  if (reason === undefined) return undefined;
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw owner.error(
      `insecureSkipVerification must be the reason why the certificate does not come from a public authority, e.g. "issued by our private CA", got: ${show(reason)}`,
    );
  }
  if (protocol === RestPrivateProtocol.HTTP) {
    throw owner.error(
      'insecureSkipVerification is about a certificate, but protocol HTTP has none; remove one of them',
    );
  }
  return reason;
}
