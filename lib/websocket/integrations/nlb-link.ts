import { type IVpcLink as IVpcLinkV1 } from 'aws-cdk-lib/aws-apigateway';
import { type INetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { linkToNlb } from '../../integrations/nlb-link';
import { clearTextReason } from '../../integrations/private-listener';
import { privateUrl } from '../../integrations/private-url';
import { type WebSocketBindIntegration } from '../binding';
import { callUrl, type WebSocketHttpIntegrationOptions } from './http';

/**
 * How API Gateway talks to a load balancer.
 */
export enum WebSocketPrivateProtocol {
  /**
   * TLS; the certificate of the listener is verified for the host name.
   */
  HTTPS = 'https',

  /**
   * Plain text, from the VPC link to the load balancer. Anything that reads traffic in the VPC can read tokens and personal data;
   * give the reason why that is acceptable in `clearText`.
   */
  HTTP = 'http',
}

/**
 * Options of a private integration through a VPC link V1, the only kind of link that WebSocket APIs support.
 */
export interface WebSocketNlbLinkIntegrationOptions extends WebSocketHttpIntegrationOptions {
  /**
   * Name in the `Host` header; the listener's certificate must be for it. It is not looked up: the VPC link goes to the load
   * balancer. `${stageVariables.name}` is replaced by a stage variable.
   *
   * Required with HTTPS.
   *
   * @default - the DNS name of the load balancer, with HTTP only
   */
  readonly host?: string;

  /**
   * TLS or plain text.
   *
   * @default WebSocketPrivateProtocol.HTTPS
   */
  readonly protocol?: WebSocketPrivateProtocol;

  /**
   * Why plain text is acceptable here, for reviewers; it acknowledges the finding ALL-INT14. With HTTP only.
   *
   * @default - none: ALL-INT14 reports each route that is called in plain text
   */
  readonly clearText?: string;

  /**
   * Port of the listener, 1 to 65535.
   *
   * @default - 443, or 80 with HTTP
   */
  readonly port?: number;

  /**
   * Path of the request to the load balancer. `{name}` is replaced by `requestParameters`, `${stageVariables.name}` a stage
   * variable.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * An existing VPC link V1 to this Network Load Balancer.
   *
   * @default - one for each load balancer, shared in the stack
   */
  readonly vpcLink?: IVpcLinkV1;
}

const CALLER = {
  method: 'nlbLink',
  instead: {
    application: 'put a Network Load Balancer in front of it, with an AlbListenerTarget',
    network: 'take the security groups off the load balancer',
  },
  cloudMap: 'a WebSocket API has no integration with Cloud Map. Put the service behind a Network Load Balancer',
};

export function nlbLink(
  loadBalancer: INetworkLoadBalancer,
  options: WebSocketNlbLinkIntegrationOptions,
): WebSocketBindIntegration {
  return (context) => {
    const { owner } = context;
    const { target, connectionId } = linkToNlb(loadBalancer, options.vpcLink, CALLER, context);
    const { url } = privateUrl(target, { ...options, path: options.path ?? '/' }, 'WebSocketPrivateProtocol', owner);
    const clearText = clearTextReason(options, 'WebSocketPrivateProtocol', owner);
    return { ...callUrl(url, options, context), clearText, connectionId: connectionId() };
  };
}
