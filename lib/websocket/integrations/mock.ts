import { IntegrationType } from '../../gateway/integration-context';
import { type WebSocketBindIntegration } from '../binding';
import { checkTemplate } from './values';

/**
 * Options of an integration for which API Gateway itself responds.
 *
 * @example
 * WebSocketIntegration.mock({ body: '{"message":"no such action"}' });
 */
export interface WebSocketMockIntegrationOptions {
  /**
   * What is sent to the client, a Velocity template: API Gateway interprets `$` and `#`. Requires `returnResponse` of the route.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   * @default - nothing
   */
  readonly body?: string;
}

export function mock({ body }: WebSocketMockIntegrationOptions): WebSocketBindIntegration {
  return (context) => {
    const { owner, route, returnResponse } = context;
    if (body !== undefined) checkTemplate(body, 'the body of the mock', context);
    if (body !== undefined && !returnResponse) {
      throw owner.error(
        route.event === 'message'
          ? 'the body of the mock would not be sent; give the route returnResponse: true'
          : 'the body of the mock would not be sent; remove it',
      );
    }
    return {
      type: IntegrationType.MOCK,
      requestTemplate: '{"statusCode": 200}',
      responses: [{ template: body }],
    };
  };
}
