/**
 * How API Gateway changes the encoding of a body.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export enum RestContentHandling {
  /** Converts Base64 text to bytes. */
  CONVERT_TO_BINARY = 'CONVERT_TO_BINARY',
  /** Converts bytes to Base64 text. */
  CONVERT_TO_TEXT = 'CONVERT_TO_TEXT',
}

/**
 * What happens to a body that no request template applies to.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export enum RestPassthroughBehavior {
  /** The request gets a 415 response. */
  NEVER = 'NEVER',
  /** The body is passed to the back end unchanged if there is no template at all; otherwise the request gets a 415 response. */
  WHEN_NO_TEMPLATES = 'WHEN_NO_TEMPLATES',
  /** The body is passed to the back end unchanged, bypassing the templates. */
  WHEN_NO_MATCH = 'WHEN_NO_MATCH',
}

/**
 * How one kind of response from the back end is passed to the client. Status code and headers are declared for the method.
 */
export interface RestIntegrationResponse {
  /**
   * Regular expression (Java syntax) that must match the back end's whole status code, or the whole `errorMessage` of a Lambda
   * function. If several responses match, API Gateway picks any of them.
   *
   * @default - the default response, for everything that no other matches; there must be one
   */
  readonly selectionPattern?: string;

  /**
   * Status code of the response. 100 to 599.
   */
  readonly statusCode: number;

  /**
   * Status codes that a template may set instead (`$context.responseOverride.status`). 100 to 599.
   *
   * @default - none
   */
  readonly statusOverrides?: number[];

  /**
   * Response headers: name → `integration.response.header.X`, `integration.response.body.x`, `context.x`, `stageVariables.x` or
   * text in single quotes.
   *
   * @default - the CORS headers of the gateway
   */
  readonly headers?: { [name: string]: string };

  /**
   * Velocity templates: content type of the response → template.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
   * @default - the back end's unchanged body
   */
  readonly templates?: { [contentType: string]: string };

  /**
   * Changes the encoding of the body.
   *
   * @default - unchanged; `CONVERT_TO_TEXT` if there is a template and the gateway has `binaryMediaTypes`, since no template
   * reads bytes
   */
  readonly contentHandling?: RestContentHandling;
}
