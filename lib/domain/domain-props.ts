import { type EndpointAccessMode, type IpAddressType, type SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { type ApiDomainAliasTarget, type ApiDomainRecords } from './records';
import { type TrustStore } from './trust-store';

/**
 * Where a domain name is answered.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export enum ApiDomainEndpointType {
  /** In the stack's Region. */
  REGIONAL = 'REGIONAL',

  /** By a CloudFront distribution of API Gateway's. REST APIs only, paths of one level, certificate in us-east-1. */
  EDGE = 'EDGE',

  /** In VPCs, through interface VPC endpoints of `execute-api`. Private REST APIs only, paths of one level. */
  PRIVATE = 'PRIVATE',
}

/**
 * What decides which API a request goes to.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html
 */
export enum ApiDomainRoutingMode {
  /** The paths that are mapped. */
  MAPPINGS_ONLY = 'BASE_PATH_MAPPING_ONLY',

  /** The first routing rule that matches, else the paths that are mapped. */
  RULES_THEN_MAPPINGS = 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',

  /** Routing rules. */
  RULES_ONLY = 'ROUTING_RULE_ONLY',
}

/**
 * Clients of the domain must show a certificate. REGIONAL domains of REST and HTTP APIs only; TLS 1.2.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 *
 * @example
 * const mutualTls: ApiDomainMutualTlsOptions = { trustStore: TrustStore.fromBucket(bucket, 'authorities.pem', 'a1b2c3') };
 */
export interface ApiDomainMutualTlsOptions {
  /**
   * The certificate authorities whose clients are let in.
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
   * The zone that gets the alias records, public or private, and in which a certificate is validated.
   *
   * @default - no records; `certificate` is then needed
   */
  readonly hostedZone?: IHostedZone;

  /**
   * The public zone in which a certificate is validated, where `hostedZone` is a private one.
   *
   * @default - `hostedZone`
   */
  readonly validationZone?: IHostedZone;

  /**
   * The certificate: of us-east-1 for EDGE, else of the stack's Region.
   *
   * @default - a new one for the name, validated in `validationZone`
   */
  readonly certificate?: ICertificate;

  /**
   * Where the name is answered. PRIVATE cannot be changed later, nor changed to.
   *
   * @default ApiDomainEndpointType.REGIONAL
   */
  readonly endpointType?: ApiDomainEndpointType;

  /**
   * The oldest TLS version and the ciphers that the name takes.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
   * @default - TLS 1.2 or better with forward secrecy: TLS13_1_2_PFS_PQ_2025_09, on EDGE TLS12_PFS_2025_EDGE; TLS_1_2 with
   * mutual TLS, and where an HTTP or WebSocket API is mapped, since they take no other, and in AWS GovCloud (US), which has no other
   */
  readonly securityPolicy?: SecurityPolicy;

  /**
   * Whether a request must come by the domain's own endpoint type, and for the host that TLS was asked for (STRICT). Only
   * with a policy that starts with `SecurityPolicy_`. On a name that has clients already, deploy BASIC first. Leaving STRICT
   * takes about 15 minutes in which calls fail, and while it is on the endpoint type cannot change.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
   * @default EndpointAccessMode.STRICT; BASIC on a PRIVATE domain
   */
  readonly endpointAccessMode?: EndpointAccessMode;

  /**
   * Which kinds of IP addresses reach the name. A PRIVATE domain takes DUAL_STACK only. An API that lets in IP ranges must
   * know those of IPv6 too.
   *
   * @default IpAddressType.DUAL_STACK
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * Clients must show a certificate. The default endpoints of the APIs must be off: the gateways switch theirs off.
   *
   * @default - no mutual TLS
   */
  readonly mutualTls?: ApiDomainMutualTlsOptions;

  /**
   * A public certificate of ACM that proves that the name is yours, where mutual TLS goes with a `certificate` that was
   * imported into ACM or is from a private CA.
   *
   * @default - none
   */
  readonly ownershipCertificate?: ICertificate;

  /**
   * What decides which API a request goes to.
   *
   * @default - the mappings; with `addRoutingRule` the rules, then the mappings
   */
  readonly routingMode?: ApiDomainRoutingMode;

  /**
   * The DNS records in `hostedZone`: the only ones of the name, or shared with other Regions.
   *
   * @default ApiDomainRecords.simple()
   */
  readonly records?: ApiDomainRecords;

  /**
   * The VPC endpoints that reach a PRIVATE name: interface endpoints of `execute-api`. Nothing else does.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
   * @default - none; a PRIVATE domain needs one
   */
  readonly vpcEndpoints?: IVpcEndpoint[];

  /**
   * What the records of a PRIVATE name point to, where that is not the only one of `vpcEndpoints`, or that one is imported.
   *
   * @default - the VPC endpoint
   */
  readonly aliasTarget?: ApiDomainAliasTarget;
}

/**
 * The domain of one gateway: its `domain` prop.
 *
 * @example
 * const domain: GatewayDomainOptions = { domainName: 'api.example.com', hostedZone: zone, path: 'orders' };
 */
export interface GatewayDomainOptions extends ApiDomainProps {
  /**
   * The path that the API is under, without slashes at its ends: `orders`, `orders/v1`.
   *
   * @default - the whole name
   */
  readonly path?: string;

  /**
   * Key of the stage that answers.
   *
   * @default - the only stage
   */
  readonly stage?: string;
}

/**
 * How an API is mapped to a domain.
 *
 * @example
 * const mapping: ApiMappingOptions = { path: 'orders/v1', stage: 'prod' };
 */
export interface ApiMappingOptions {
  /**
   * The path that the API is under, without slashes at its ends: `orders`, and on REGIONAL domains `orders/v1`. The path is
   * not part of what the API sees. With several levels, API Gateway passes on all header names in lower case.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
   * @default - whatever is under no other path
   */
  readonly path?: string;

  /**
   * Key of the stage that answers.
   *
   * @default - the only stage
   */
  readonly stage?: string;

  /**
   * Whether the mapping is made in the stack of the domain, which then needs the API's stack to be there before.
   *
   * @default false - in the API's stack, so that APIs come and go without the stack of the domain
   */
  readonly inDomainStack?: boolean;
}

/**
 * One header of a routing rule.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html#rest-api-routing-rules-restrictions
 */
export interface ApiRoutingHeader {
  /**
   * Name of the header, in any case. Up to 39 characters; not `Authorization`, `Origin`, `Forwarded`, `Via`, those that begin
   * with `x-amz-`, `x-amzn-`, `access-control-` or `apigw-`, and others that API Gateway keeps to itself.
   */
  readonly header: string;

  /**
   * Its value, in the same case; `*` at the start, at the end or at both stands for anything. Up to 127 characters, with `*`
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
   * The rule with the lowest number that matches decides: 1 to 1,000,000, each once. Leave gaps.
   */
  readonly priority: number;

  /**
   * Headers that the request must have, all of them; up to two.
   *
   * @default - any
   */
  readonly headers?: ApiRoutingHeader[];

  /**
   * The path that the request must begin with, e.g. `['orders']` or `['orders/v1']`. In the same case, up to 127 characters. API
   * Gateway takes one a rule.
   *
   * @default - any
   */
  readonly basePaths?: string[];

  /**
   * Whether the API does not see the matched base path. Without it, the rule leads only to routes that begin with the base path
   * (`GET /orders/{id}` for the base path `orders`).
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html
   * @default false
   */
  readonly stripBasePath?: boolean;

  /**
   * Key of the stage that answers.
   *
   * @default - the only stage
   */
  readonly stage?: string;

  /**
   * Whether the rule is made in the stack of the domain, which then needs the API's stack to be there before.
   *
   * @default false - in the API's stack
   */
  readonly inDomainStack?: boolean;
}
