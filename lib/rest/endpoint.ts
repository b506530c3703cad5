/**
 * Where the default endpoint of a REST API is.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html
 */
export enum RestEndpointType {
  /** In the stack's Region. */
  REGIONAL = 'REGIONAL',

  /** Behind a CloudFront distribution that API Gateway manages. Integration timeouts are at most 29 seconds. */
  EDGE = 'EDGE',

  /** In VPCs: reached through interface VPC endpoints of `execute-api` only. */
  PRIVATE = 'PRIVATE',
}
