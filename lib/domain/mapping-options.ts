/**
 * How an API is mapped to a domain.
 *
 * @example
 * const mapping: ApiMappingOptions = { path: 'orders/v1', stage: 'prod' };
 */
export interface ApiMappingOptions {
  /**
   * The path of the API, without leading or trailing slashes: `orders`, and on REGIONAL domains `orders/v1`. API Gateway removes
   * it before the API receives the request. With several levels, API Gateway passes on all header names in lower case.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
   * @default - all paths that are not mapped otherwise
   */
  readonly path?: string;

  /**
   * Key of the stage that receives the requests.
   *
   * @default - the only stage
   */
  readonly stage?: string;

  /**
   * Whether the mapping is created in the stack of the domain, which then depends on the API's stack.
   *
   * @default false - in the API's stack, so APIs can be added and removed without the stack of the domain
   */
  readonly inDomainStack?: boolean;

  /**
   * Logical id of a deployed mapping of this path that is in the same stack. CloudFormation then changes its API and stage instead
   * of creating another, so the path never fails.
   *
   * @default - the mapping's own id
   */
  readonly adopt?: string;
}
