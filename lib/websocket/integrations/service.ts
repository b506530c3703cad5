import { Aws, type Duration } from 'aws-cdk-lib';
import { type CallScope, type ServiceCall } from '../../integrations/services/call';
import {
  type WebSocketBindIntegration,
  type WebSocketBoundIntegration,
  DEFAULT_TEMPLATE,
  DEFAULT_TEMPLATE_EXPRESSION,
  type WebSocketIntegrationContext,
  type BoundResponse,
} from '../binding';
import { renderReplies, WEBSOCKET_STYLE } from './responses';
import { integrationTimeout } from './timeout';
import { templateFor } from './values';

/**
 * What all integrations with AWS services take.
 */
export interface WebSocketServiceIntegrationOptions {
  /**
   * How long API Gateway waits for the service. 50 ms to 29 s.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
}

/** Binds a call that other kinds of gateways make in the same way. */
export function bindCall(
  options: WebSocketServiceIntegrationOptions,
  make: (scope: CallScope) => ServiceCall,
): WebSocketBindIntegration {
  return (context) => {
    const { owner, stack } = context;
    const call = make({ owner, stack, template: templateFor(context), style: WEBSOCKET_STYLE });
    return serviceIntegration(context, options, call, {
      templates: call.template === undefined ? undefined : { [DEFAULT_TEMPLATE]: call.template },
      templateSelectionExpression: DEFAULT_TEMPLATE_EXPRESSION,
      responses: renderReplies(call.replies, context),
    });
  };
}

/** The templates and responses of a call. */
export interface CallTemplates {
  readonly templates?: Readonly<Record<string, string>>;
  readonly templateSelectionExpression?: string;
  readonly responses: readonly BoundResponse[];
  readonly parameters?: readonly string[];
}

export function serviceIntegration(
  context: WebSocketIntegrationContext,
  options: WebSocketServiceIntegrationOptions,
  call: ServiceCall,
  { templates, templateSelectionExpression, responses, parameters }: CallTemplates,
): WebSocketBoundIntegration {
  return {
    properties: {
      integrationType: 'AWS',
      integrationMethod: call.httpMethod ?? 'POST',
      integrationUri: `arn:${Aws.PARTITION}:apigateway:${call.region}:${call.target}`,
      credentialsArn: context.grantService(call.role, call.grants),
      // Nothing goes past the templates, where there are some.
      passthroughBehavior: templates ? 'NEVER' : 'WHEN_NO_TEMPLATES',
      requestParameters: call.mappings && Object.keys(call.mappings).length > 0 ? call.mappings : undefined,
      requestTemplates: templates,
      templateSelectionExpression: templates && templateSelectionExpression,
      timeoutInMillis: integrationTimeout(options.timeout, context),
    },
    responses,
    parameters,
  };
}
