import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { RequestValue } from '../../integrations/request-value';
import { type EventOptions, putEventsAccess } from '../../integrations/services/event-bridge';
import { type BindHttpIntegration } from '../binding';
import { literalOf } from './expression';
import { type HttpServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration that puts an event on a bus.
 */
export interface HttpEventBridgeIntegrationOptions extends HttpServiceIntegrationOptions, EventOptions {}

export function eventBridge(bus: IEventBus, options: HttpEventBridgeIntegrationOptions): BindHttpIntegration {
  return (context) => {
    const { source, detailType } = options;
    return serviceIntegration(context, options, {
      ...putEventsAccess(bus, options, context.owner),
      subtype: 'EventBridge-PutEvents',
      parameters: {
        EventBusName: bus.eventBusArn,
        Source: literalOf(source, context),
        DetailType: detailType,
        Detail: options.detail ?? RequestValue.bodyJson('$'),
      },
    });
  };
}
