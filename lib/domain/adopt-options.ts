/**
 * Logical ids of a deployed domain name that an `ApiDomain` takes over, so CloudFormation updates these resources instead of
 * creating others.
 *
 * @example
 * const adopt: ApiDomainAdoptOptions = { domainName: 'ApiDomain0F2B4E1D', basePathMappings: { '': 'ApiDomainMap1A2B3C4D' } };
 */
export interface ApiDomainAdoptOptions {
  /**
   * The domain name: an `AWS::ApiGateway::DomainName`, of a PRIVATE domain an `AWS::ApiGateway::DomainNameV2`. An
   * `AWS::ApiGatewayV2::DomainName` cannot become one; keep it, and use `ApiDomain.fromApiDomainAttributes`.
   *
   * @default - the domain's own
   */
  readonly domainName?: string;

  /**
   * The certificate that the domain creates. Use `certificate` for one that is created elsewhere.
   *
   * @default - the domain's own
   */
  readonly certificate?: string;

  /**
   * The DNS records: type (`A`, `AAAA`) → logical id.
   *
   * @default - the domain's own
   */
  readonly records?: { [type: string]: string };

  /**
   * The mappings: path, `''` for the whole name → logical id of the `AWS::ApiGatewayV2::ApiMapping`, of an EDGE domain of the
   * `AWS::ApiGateway::BasePathMapping`.
   *
   * @default - the domain's own
   */
  readonly mappings?: { [path: string]: string };

  /**
   * The mappings of a REGIONAL domain that are an `AWS::ApiGateway::BasePathMapping` and must remain one, because a path cannot
   * be mapped twice: path, `''` for the whole name → logical id. REST APIs only.
   *
   * @default - none
   */
  readonly basePathMappings?: { [path: string]: string };
}
