import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type RequestValue } from '../../integrations/request-value';
import { type AwsCallOptions, awsTarget, checkAwsCall } from '../../integrations/services/aws';
import { errorReplies } from '../../integrations/services/replies';
import { type WebSocketBindIntegration } from '../binding';
import { type WebSocketIntegrationResponse } from './response-options';
import { responsesOf, WEBSOCKET_STYLE } from './responses';
import { serviceIntegration, type WebSocketServiceIntegrationOptions } from './service';
import { requestMappings } from './values';

/**
 * Options of an integration with any action of any AWS service.
 */
export interface WebSocketAwsIntegrationOptions extends WebSocketServiceIntegrationOptions, AwsCallOptions {
  /**
   * Velocity template of the request. Parts that come from the client must be escaped:
   * `$util.escapeJavaScript($input.path('$.text'))`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   * @default - the unchanged message
   */
  readonly requestTemplate?: string;

  /**
   * Velocity templates of several kinds of messages: result of `templateSelectionExpression` → template; `$default` for all
   * others. Instead of `requestTemplate`.
   *
   * @default - none
   */
  readonly requestTemplates?: { [key: string]: string };

  /**
   * Selects one of the `requestTemplates`, e.g. `${request.body.kind}`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-transformations.html
   * @default - none; required with `requestTemplates`
   */
  readonly templateSelectionExpression?: string;

  /**
   * Parameters of the call: `integration.request.header.X`, `integration.request.querystring.x` or `integration.request.path.x` → value.
   *
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: RequestValue };

  /**
   * The responses; exactly one without `selectionPattern`, except on `$connect`, where a client may connect if its result has a
   * response.
   *
   * @default - the body of the service; its errors without its message. On $connect, success only
   */
  readonly responses?: WebSocketIntegrationResponse[];
}

export function aws(options: WebSocketAwsIntegrationOptions): WebSocketBindIntegration {
  return (context) => {
    const { owner } = context;
    const mappings = requestMappings(options.requestParameters ?? {}, context);
    checkAwsCall(options, mappings, owner);
    const { service, iamActions, resources, requestTemplate, requestTemplates, templateSelectionExpression } = options;
    const replies = [{ pattern: '2\\d{2}', status: 200 }, ...errorReplies(WEBSOCKET_STYLE, SERVICE_ERRORS.any)];
    return serviceIntegration(
      context,
      options,
      {
        role: service,
        target: awsTarget(options),
        region: options.region ?? context.stack.region,
        httpMethod: options.httpMethod,
        grants: [{ actions: iamActions, resources }],
        mappings,
        replies,
      },
      {
        requestTemplate,
        requestTemplates,
        templateSelectionExpression,
        responses: options.responses ?? responsesOf(replies, context),
      },
    );
  };
}
