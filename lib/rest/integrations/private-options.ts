import { type IVpcLink as IVpcLinkV1 } from 'aws-cdk-lib/aws-apigateway';
import { type VpcLinkOptions } from '../../integrations/vpc-link-options';
import { type RestHttpIntegrationOptions } from './http';

/**
 * How API Gateway talks to a load balancer.
 */
export enum RestPrivateProtocol {
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
 * Options of private integrations with a VPC link of either version.
 */
export interface RestPrivateCommonOptions extends RestHttpIntegrationOptions {
  /**
   * Name in the `Host` header; the listener's certificate must be for it. It is not looked up: the VPC link finds the load
   * balancer by its ARN. `${stageVariables.name}` is replaced by a stage variable.
   *
   * Required with HTTPS.
   *
   * @default - the DNS name of the load balancer, with HTTP only
   */
  readonly host?: string;

  /**
   * TLS or plain text.
   *
   * @default RestPrivateProtocol.HTTPS
   */
  readonly protocol?: RestPrivateProtocol;

  /**
   * Why plain text is acceptable here, for reviewers; it acknowledges the finding ALL-INT14. With HTTP only.
   *
   * @default - none: ALL-INT14 reports each route that is called in plain text
   */
  readonly clearText?: string;

  /**
   * Port of the listener, 1 to 65535.
   *
   * @default - the port of the listener; if only the load balancer is given, 443, or 80 with HTTP
   */
  readonly port?: number;

  /**
   * Path of the request to the load balancer. `{name}` is replaced by the route's path variable, `${stageVariables.name}` a stage
   * variable.
   *
   * According to the developer guide, private integrations send the name of the stage to the back end with the path; check what
   * arrives before you write path rules for the listener.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
   * @default - the path of the route, including its variables
   */
  readonly path?: string;

  /**
   * Accepts a certificate of a private authority, or a self-signed one; the value is the reason. Expiry, host name and root are
   * still verified. API Gateway trusts the certificates of public authorities, including ACM, and no private ones.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html
   * @default - the certificate must come from a public authority
   */
  readonly insecureSkipVerification?: string;
}

/**
 * Options of a private integration through a VPC link V2.
 *
 * Integrations of one stack with the same VPC, subnets and security groups share one link. A link cannot be changed: with other
 * subnets or security groups a new one is created, the API is deployed to it, and the old one is removed. To remove the last
 * integration of a link, deploy every stage without the integration first; the link is removed after that.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
export interface RestPrivateIntegrationOptions extends RestPrivateCommonOptions, VpcLinkOptions {}

/**
 * Options of a private integration through a VPC link V1.
 */
export interface RestNlbLinkIntegrationOptions extends RestPrivateCommonOptions {
  /**
   * An existing VPC link V1 to this Network Load Balancer.
   *
   * @default - one for each load balancer, shared in the stack
   */
  readonly vpcLink?: IVpcLinkV1;
}
