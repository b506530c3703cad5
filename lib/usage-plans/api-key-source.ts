/**
 * Where an API key is read from.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
 */
export enum GatewayApiKeySource {
  /** The `X-API-Key` header; of a WebSocket API, in the request to connect. */
  HEADER = 'HEADER',

  /** `usageIdentifierKey` in the answer of a Lambda authorizer. */
  AUTHORIZER = 'AUTHORIZER',
}
