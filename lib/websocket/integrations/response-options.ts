/**
 * How one kind of answer of the back-end is given on. It is sent to the client where the route has `returnResponse`.
 */
export interface WebSocketIntegrationResponse {
  /**
   * Regular expression that the back-end's status code matches.
   *
   * @default - the default response, for all that no other matches; there must be one
   */
  readonly selectionPattern?: string;

  /**
   * Velocity template of the answer.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   * @default - the back-end's body as it is
   */
  readonly template?: string;

  /**
   * Velocity templates of several kinds of answers: what `templateSelectionExpression` gives → template. In place of `template`.
   *
   * @default - none
   */
  readonly templates?: { [key: string]: string };

  /**
   * What tells the `templates` apart, e.g. `${integration.response.statuscode}`.
   *
   * @default - none; needed with `templates`
   */
  readonly templateSelectionExpression?: string;
}
