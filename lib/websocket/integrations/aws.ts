import { show } from '../../authoring/errors';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { type RequestValue } from '../../integrations/request-value';
import { type AwsCallOptions, awsTarget, checkAwsCall } from '../../integrations/services/aws';
import { errorReplies } from '../../integrations/services/replies';
import {
  type WebSocketBindIntegration,
  DEFAULT_TEMPLATE,
  DEFAULT_TEMPLATE_EXPRESSION,
  type WebSocketIntegrationContext,
} from '../binding';
import { type WebSocketIntegrationResponse } from './response-options';
import { customResponses, renderReplies, sorted, WEBSOCKET_STYLE } from './responses';
import { serviceIntegration, type WebSocketServiceIntegrationOptions } from './service';
import { checkTemplate, requestMappings } from './values';
import { rejectLostNames } from '../../document/lost-names';

/**
 * Options of an integration with any action of any AWS service.
 */
export interface WebSocketAwsIntegrationOptions extends WebSocketServiceIntegrationOptions, AwsCallOptions {
  /**
   * Velocity template of the request. What of it comes from the client must be escaped: `$util.escapeJavaScript($input.path('$.text'))`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   * @default - the message as it is
   */
  readonly requestTemplate?: string;

  /**
   * Velocity templates of several kinds of messages: what `templateSelectionExpression` gives → template; `$default` for all
   * others. In place of `requestTemplate`.
   *
   * @default - none
   */
  readonly requestTemplates?: { [key: string]: string };

  /**
   * What tells the `requestTemplates` apart, e.g. `${request.body.kind}`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-transformations.html
   * @default - none; needed with `requestTemplates`
   */
  readonly templateSelectionExpression?: string;

  /**
   * Parameters of the call: `integration.request.header.X`, `integration.request.querystring.x` or `integration.request.path.x` → value.
   *
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: RequestValue };

  /**
   * The responses; one of them without `selectionPattern`, but on `$connect`, where a client is let in by what has a response.
   *
   * @default - the body of the service; its errors without its message. On $connect, success alone
   */
  readonly responses?: WebSocketIntegrationResponse[];
}

export function aws(options: WebSocketAwsIntegrationOptions): WebSocketBindIntegration {
  return (context) => {
    const { owner } = context;
    const { mappings, parameters } = requestMappings(options.requestParameters ?? {}, context);
    checkAwsCall(options, mappings, owner);
    const { service, iamActions, resources, responses } = options;
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
        ...templatesOf(options, context),
        responses: responses ? customResponses(responses, context) : renderReplies(replies, context),
        parameters,
      },
    );
  };
}

function templatesOf(options: WebSocketAwsIntegrationOptions, context: WebSocketIntegrationContext) {
  const { requestTemplate, requestTemplates, templateSelectionExpression: expression } = options;
  const { owner } = context;
  if (requestTemplate !== undefined && requestTemplates)
    throw owner.error('has requestTemplate and requestTemplates; give one of the two');
  if ((requestTemplates === undefined) !== (expression === undefined)) {
    throw owner.error(
      'requestTemplates and templateSelectionExpression go together, e.g. "${request.body.kind}"; for one template, write requestTemplate',
    );
  }
  if (expression !== undefined && !/^(\$request\.body\.|[^$]*\$\{request\.body\.)/.test(expression)) {
    throw owner.error(
      `templateSelectionExpression ${show(expression)} must be made of the message, e.g. "\${request.body.kind}"`,
    );
  }
  const templates =
    requestTemplates ?? (requestTemplate === undefined ? undefined : { [DEFAULT_TEMPLATE]: requestTemplate });
  rejectLostNames(templates, owner, 'requestTemplates');
  for (const template of Object.values(templates ?? {})) {
    checkTemplate(template, 'the request template', context);
    for (const [, name] of template.matchAll(STAGE_VARIABLE_REFERENCE)) context.useStageVariable(name);
  }
  return {
    templates: templates && sorted(templates),
    templateSelectionExpression: expression ?? DEFAULT_TEMPLATE_EXPRESSION,
  };
}
