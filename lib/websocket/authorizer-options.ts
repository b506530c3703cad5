/**
 * Options of every authorizer that reads a request. A decision is never cached: a client is authorized once, when it connects.
 */
export interface WebSocketAuthorizerOptions {
  /**
   * Name of the authorizer. A-Z a-z 0-9 . _ -.
   *
   * @default - the kind and the id of its function or issuer, e.g. `lambda-Decide`
   */
  readonly authorizerName?: string;
}
