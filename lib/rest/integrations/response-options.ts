/**
 * How API Gateway changes the encoding of a body.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export enum RestContentHandling {
  /** Base64 text is made bytes. */
  CONVERT_TO_BINARY = 'CONVERT_TO_BINARY',
  /** Bytes are made Base64 text. */
  CONVERT_TO_TEXT = 'CONVERT_TO_TEXT',
}

/**
 * What becomes of a body that no request template is for.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export enum RestPassthroughBehavior {
  /** The request is answered 415. */
  NEVER = 'NEVER',
  /** The body goes to the back-end as it is, where there is no template at all; else the request is answered 415. */
  WHEN_NO_TEMPLATES = 'WHEN_NO_TEMPLATES',
  /** The body goes to the back-end as it is, past the templates. */
  WHEN_NO_MATCH = 'WHEN_NO_MATCH',
}

/**
 * How one kind of answer of the back-end is given to the client. Status code and headers are declared for the method.
 */
export interface RestIntegrationResponse {
  /**
   * Regular expression (Java's) that the whole of the back-end's status code matches; for a Lambda function, of the
   * `errorMessage`. API Gateway takes any of the responses where several match.
   *
   * @default - the default response, for all that no other matches; there must be one
   */
  readonly selectionPattern?: string;

  /**
   * Status code of the answer. 100 to 599.
   */
  readonly statusCode: number;

  /**
   * Status codes that a template may answer with in its place (`$context.responseOverride.status`). 100 to 599.
   *
   * @default - none
   */
  readonly statusOverrides?: number[];

  /**
   * Response headers: name → `integration.response.header.X`, `integration.response.body.x`, `context.x`, `stageVariables.x` or
   * a text in single quotes.
   *
   * @default - the CORS headers of the gateway
   */
  readonly headers?: { [name: string]: string };

  /**
   * Velocity templates: content type of the answer → template.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
   * @default - the back-end's body as it is
   */
  readonly templates?: { [contentType: string]: string };

  /**
   * Changes the encoding of the body.
   *
   * @default - as it comes; `CONVERT_TO_TEXT` where there is a template and the gateway has `binaryMediaTypes`, since no template reads
   * bytes
   */
  readonly contentHandling?: RestContentHandling;
}
