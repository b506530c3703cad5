import { IntegrationType } from '../../gateway/integration-context';
import { type RestBindIntegration } from '../binding';
import { checkAnswerType } from '../media-type';
import { RestPassthroughBehavior } from './response-options';

/**
 * Options of an integration for which API Gateway itself responds. A request whose `Content-Type` is not `application/json` gets
 * a 415 response; one without counts as `application/json`.
 *
 * @example
 * RestIntegration.mock({ body: '{"status":"up"}' });
 */
export interface RestMockIntegrationOptions {
  /**
   * Status code of the response.
   *
   * @default 200
   */
  readonly statusCode?: number;

  /**
   * Body of the response, a Velocity template: API Gateway interprets `$` and `#`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
   * @default - no body
   */
  readonly body?: string;

  /**
   * Content type of the body.
   *
   * @default 'application/json'
   */
  readonly contentType?: string;
}

export function mock(options: RestMockIntegrationOptions): RestBindIntegration {
  return ({ owner }) => {
    const statusCode = options.statusCode ?? 200;
    if (!(Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599)) {
      throw owner.error(`the status code of a mock must be a whole number from 200 to 599, got: ${statusCode}`);
    }
    const { contentType = 'application/json', body = '' } = options;
    checkAnswerType(contentType, 'contentType of the mock', owner);
    return {
      type: IntegrationType.MOCK,
      passthroughBehavior: RestPassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': `{"statusCode": ${statusCode}}` },
      responses: [{ statusCode, templates: body === '' ? undefined : { [contentType]: body } }],
    };
  };
}
