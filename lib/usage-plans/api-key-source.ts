/**
 * The place from which API Gateway reads an API key.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
 */
export enum GatewayApiKeySource {
  /** The `X-API-Key` header; on a WebSocket API, of the request to connect. */
  HEADER = 'HEADER',

  /** `usageIdentifierKey` in the response of a Lambda authorizer. */
  AUTHORIZER = 'AUTHORIZER',
}
