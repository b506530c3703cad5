import { type EndpointAccessMode, type IpAddressType, type SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { type ApiDomainAdoptOptions } from './adopt-options';
import { type ApiDomainAliasTarget, type ApiDomainRecords } from './records';
import { type TrustStore } from './trust-store';

/**
 * How clients reach a domain name.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export enum ApiDomainEndpointType {
  /** In the stack's Region. */
  REGIONAL = 'REGIONAL',

  /** Through a CloudFront distribution that API Gateway manages. REST APIs only, single-level paths, certificate in us-east-1. */
  EDGE = 'EDGE',

  /** In VPCs, through interface VPC endpoints of `execute-api`. Private REST APIs only, single-level paths. */
  PRIVATE = 'PRIVATE',
}

/**
 * How API Gateway determines the API of a request.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html
 */
export enum ApiDomainRoutingMode {
  /** By the mapped paths. */
  MAPPINGS_ONLY = 'BASE_PATH_MAPPING_ONLY',

  /** By the first routing rule that matches, else by the mapped paths. */
  RULES_THEN_MAPPINGS = 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',

  /** By routing rules only. */
  RULES_ONLY = 'ROUTING_RULE_ONLY',
}

/**
 * Clients of the domain must present a certificate. REGIONAL domains of REST and HTTP APIs only; TLS 1.2.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 *
 * @example
 * const mutualTls: ApiDomainMutualTlsOptions = { trustStore: TrustStore.fromBucket(bucket, 'authorities.pem', 'a1b2c3') };
 */
export interface ApiDomainMutualTlsOptions {
  /**
   * The certificate authorities whose clients are accepted.
   */
  readonly trustStore: TrustStore;
}

/**
 * Properties of an `ApiDomain`.
 *
 * @example
 * new ApiDomain(this, 'Domain', { domainName: 'api.example.com', hostedZone: zone });
 */
export interface ApiDomainProps {
  /**
   * The name, e.g. `api.example.com` or `*.example.com`. Lower case.
   */
  readonly domainName: string;

  /**
   * The zone in which the alias records are created, public or private, and in which a certificate is validated.
   *
   * @default - no records; `certificate` is then required
   */
  readonly hostedZone?: IHostedZone;

  /**
   * The public zone in which a certificate is validated, if `hostedZone` is private.
   *
   * @default - `hostedZone`
   */
  readonly validationZone?: IHostedZone;

  /**
   * The certificate: in us-east-1 for EDGE, otherwise in the stack's Region.
   *
   * @default - a new one for the name, validated in `validationZone`
   */
  readonly certificate?: ICertificate;

  /**
   * The endpoint type. PRIVATE cannot be changed to another type, and no other type to PRIVATE.
   *
   * @default ApiDomainEndpointType.REGIONAL
   */
  readonly endpointType?: ApiDomainEndpointType;

  /**
   * The oldest TLS version and the ciphers that the domain accepts.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
   * @default - TLS 1.2 or later with forward secrecy: TLS13_1_2_PFS_PQ_2025_09, on EDGE TLS12_PFS_2025_EDGE; TLS_1_2 with
   * mutual TLS, if an HTTP or WebSocket API is mapped, since they support no other, and in AWS GovCloud (US), which has no other
   */
  readonly securityPolicy?: SecurityPolicy;

  /**
   * Whether a request must arrive through the domain's own endpoint type, with the host that it named in TLS (STRICT). Requires a
   * policy that starts with `SecurityPolicy_`. If the name has clients already, deploy BASIC first. Leaving STRICT
   * takes about 15 minutes, in which calls fail, and while it is on, the endpoint type cannot change.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
   * @default EndpointAccessMode.STRICT; BASIC on a PRIVATE domain
   */
  readonly endpointAccessMode?: EndpointAccessMode;

  /**
   * The kinds of IP addresses that can reach the name. A PRIVATE domain supports DUAL_STACK only. An API that allows IP ranges must
   * include those of IPv6, too.
   *
   * @default IpAddressType.DUAL_STACK
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * Clients must present a certificate. The default endpoints of the APIs must be off: the gateways switch theirs off.
   *
   * @default - no mutual TLS
   */
  readonly mutualTls?: ApiDomainMutualTlsOptions;

  /**
   * A public certificate of ACM that proves that you own the name, for mutual TLS with a `certificate` that was
   * imported into ACM or was issued by a private CA.
   *
   * @default - none
   */
  readonly ownershipCertificate?: ICertificate;

  /**
   * How API Gateway determines the API of a request.
   *
   * @default - by mappings; with `addRoutingRule` by rules, then by mappings
   */
  readonly routingMode?: ApiDomainRoutingMode;

  /**
   * The DNS records in `hostedZone`: the only ones for the name, or shared with other Regions.
   *
   * @default ApiDomainRecords.simple()
   */
  readonly records?: ApiDomainRecords;

  /**
   * The VPC endpoints that reach a PRIVATE name: interface endpoints of `execute-api`. No other endpoint reaches it.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
   * @default - none; a PRIVATE domain needs one
   */
  readonly vpcEndpoints?: IVpcEndpoint[];

  /**
   * The target of the records of a PRIVATE name, if `vpcEndpoints` has several, or an imported one.
   *
   * @default - the VPC endpoint
   */
  readonly aliasTarget?: ApiDomainAliasTarget;

  /**
   * Logical ids of a deployed domain name that this one takes over.
   *
   * @default - the domain's own ids: a new domain name
   */
  readonly adopt?: ApiDomainAdoptOptions;
}

/**
 * The domain of one gateway: its `domain` prop.
 *
 * @example
 * const domain: GatewayDomainOptions = { domainName: 'api.example.com', hostedZone: zone, path: 'orders' };
 */
export interface GatewayDomainOptions extends ApiDomainProps {
  /**
   * The path of the API, without leading or trailing slashes: `orders`, `orders/v1`.
   *
   * @default - the whole name
   */
  readonly path?: string;

  /**
   * Key of the stage that receives the requests.
   *
   * @default - the only stage
   */
  readonly stage?: string;
}

/**
 * One header of a routing rule.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html#rest-api-routing-rules-restrictions
 */
export interface ApiRoutingHeader {
  /**
   * Name of the header, in any case. Up to 39 characters; not `Authorization`, `Origin`, `Forwarded`, `Via`, names that begin
   * with `x-amz-`, `x-amzn-`, `access-control-` or `apigw-`, and others that API Gateway reserves.
   */
  readonly header: string;

  /**
   * Its value, case-sensitive; `*` at the start, at the end or at both matches anything. Up to 127 characters; with `*`
   * at both ends up to 39.
   */
  readonly value: string;
}

/**
 * A routing rule: which requests go to which REST API. A domain has 50, or more by quota.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html
 */
export interface ApiRoutingRuleOptions {
  /**
   * The matching rule with the lowest number applies: 1 to 1,000,000, unique in the domain. Leave gaps.
   */
  readonly priority: number;

  /**
   * Headers that the request must have, all of them; up to two.
   *
   * @default - any
   */
  readonly headers?: ApiRoutingHeader[];

  /**
   * The path that the request must begin with, e.g. `['orders']` or `['orders/v1']`. Case-sensitive, up to 127 characters. API
   * Gateway accepts one per rule.
   *
   * @default - any
   */
  readonly basePaths?: string[];

  /**
   * Whether the matched base path is removed before the API receives the request. Otherwise, the rule reaches only routes that
   * begin with the base path (`GET /orders/{id}` for the base path `orders`).
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html
   * @default false
   */
  readonly stripBasePath?: boolean;

  /**
   * Key of the stage that receives the requests.
   *
   * @default - the only stage
   */
  readonly stage?: string;

  /**
   * Whether the rule is created in the stack of the domain, which then depends on the API's stack.
   *
   * @default false - in the API's stack
   */
  readonly inDomainStack?: boolean;
}
