import { Aws, type Duration } from 'aws-cdk-lib';
import { IntegrationType } from '../../gateway/integration-context';
import { type CallScope, type ServiceCall } from '../../integrations/services/call';
import { type WebSocketBindIntegration, type WebSocketIntegrationContext } from '../binding';
import { type WebSocketIntegrationConfig } from '../integration-config';
import { responsesOf, WEBSOCKET_STYLE } from './responses';
import { templateFor } from './values';

/**
 * Options of all integrations with AWS services.
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
      requestTemplate: call.template,
      responses: responsesOf(call.replies, context),
    });
  };
}

/** The templates and responses of a call. */
export type CallTemplates = Pick<
  WebSocketIntegrationConfig,
  'requestTemplate' | 'requestTemplates' | 'templateSelectionExpression' | 'responses'
>;

export function serviceIntegration(
  context: WebSocketIntegrationContext,
  options: WebSocketServiceIntegrationOptions,
  call: ServiceCall,
  templates: CallTemplates,
): WebSocketIntegrationConfig {
  return {
    type: IntegrationType.AWS,
    method: call.httpMethod ?? 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${call.region}:${call.target}`,
    credentials: context.grantService(call.role, call.grants),
    requestParameters: call.mappings && { ...call.mappings },
    timeout: options.timeout,
    ...templates,
  };
}
