/**
 * Where the default endpoint of a REST API stands.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html
 */
export enum RestEndpointType {
  /** In the stack's Region. */
  REGIONAL = 'REGIONAL',

  /** Behind a CloudFront distribution of API Gateway's. Integration timeouts end at 29 seconds. */
  EDGE = 'EDGE',

  /** In VPCs: reached through interface VPC endpoints of `execute-api` only. */
  PRIVATE = 'PRIVATE',
}
