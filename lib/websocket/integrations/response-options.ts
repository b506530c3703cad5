/**
 * How one kind of response from the back end is passed on. It is sent to the client if the route has `returnResponse`.
 */
export interface WebSocketIntegrationResponse {
  /**
   * Regular expression that the back end's status code matches.
   *
   * @default - the default response, for everything that no other matches; there must be one
   */
  readonly selectionPattern?: string;

  /**
   * Velocity template of the response.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   * @default - the back end's unchanged body
   */
  readonly template?: string;

  /**
   * Velocity templates of several kinds of responses: result of `templateSelectionExpression` → template. Instead of `template`.
   *
   * @default - none
   */
  readonly templates?: { [key: string]: string };

  /**
   * Selects one of the `templates`, e.g. `${integration.response.statuscode}`.
   *
   * @default - none; required with `templates`
   */
  readonly templateSelectionExpression?: string;
}
