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
   * In clear, from the VPC link to the load balancer. What reads along in the VPC reads tokens and personal data too; say in
   * `clearText` why that is right.
   */
  HTTP = 'http',
}

/**
 * What private integrations have in common, whatever the version of their VPC link.
 */
export interface RestPrivateCommonOptions extends RestHttpIntegrationOptions {
  /**
   * Name in the `Host` header, which the listener's certificate must be for. It is not looked up: the VPC link finds the load
   * balancer by its ARN. `${stageVariables.name}` takes a stage variable.
   *
   * Required with HTTPS.
   *
   * @default - the DNS name of the load balancer, with HTTP only
   */
  readonly host?: string;

  /**
   * TLS, or in clear.
   *
   * @default RestPrivateProtocol.HTTPS
   */
  readonly protocol?: RestPrivateProtocol;

  /**
   * Why traffic in clear is right here, for those who review it: the answer to the finding ALL-INT14. With HTTP only.
   *
   * @default - none: ALL-INT14 speaks of each route that is called in clear
   */
  readonly clearText?: string;

  /**
   * Port of the listener, 1 to 65535.
   *
   * @default - the port of the listener; where only the load balancer is given 443, or 80 with HTTP
   */
  readonly port?: number;

  /**
   * Path of the request to the load balancer. `{name}` takes the route's path variable, `${stageVariables.name}` a stage variable.
   *
   * The developer guide says of private integrations that the name of the stage goes to the back-end with the path; look at
   * what arrives before you write path rules for the listener.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
   * @default - the path of the route, its variables included
   */
  readonly path?: string;

  /**
   * Accepts a certificate of a private authority, or a self-signed one; the value is the reason. Expiry, host name and root
   * are still verified. API Gateway knows the certificates of public authorities, ACM's among them, and no private ones.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html
   * @default - the certificate must come from a public authority
   */
  readonly insecureSkipVerification?: string;
}

/**
 * Options of a private integration through a VPC link V2.
 *
 * Integrations of one stack with the same VPC, subnets and security groups share one link. A link cannot be changed: other
 * subnets or security groups make a new one, the API is deployed to it, and the old one is removed. To remove the last integration
 * of a link, deploy without the integration, on every stage; then the link goes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
export interface RestPrivateIntegrationOptions extends RestPrivateCommonOptions, VpcLinkOptions {}

/**
 * Options of a private integration through a VPC link V1.
 */
export interface RestNlbLinkIntegrationOptions extends RestPrivateCommonOptions {
  /**
   * A VPC link V1 of your own to this Network Load Balancer.
   *
   * @default - one for each load balancer, shared in the stack
   */
  readonly vpcLink?: IVpcLinkV1;
}
