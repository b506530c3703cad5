import { Token } from 'aws-cdk-lib';
import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { show } from '../../authoring/errors';
import { RequestValue } from '../../integrations/request-value';
import { placeOf } from '../../integrations/services/accounts';
import { type BindHttpIntegration } from '../binding';
import { literalOf } from './expression';
import { type HttpServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration that puts an event on a bus.
 */
export interface HttpEventBridgeIntegrationOptions extends HttpServiceIntegrationOptions {
  /**
   * Source of the event, which rules match; the same for every request, so that no client can speak for another system.
   * 1 to 256 characters, not starting with `aws.`.
   */
  readonly source: string;

  /**
   * Kind of the event, e.g. `RequestValue.literal('OrderPlaced')`. Up to 128 characters.
   */
  readonly detailType: RequestValue;

  /**
   * The event itself: the text of a JSON object.
   *
   * @default RequestValue.bodyJson('$')
   */
  readonly detail?: RequestValue;
}

export function eventBridge(bus: IEventBus, options: HttpEventBridgeIntegrationOptions): BindHttpIntegration {
  return (context) => {
    const { owner } = context;
    const { source, detailType } = options;
    if (!Token.isUnresolved(source) && (!/^[^]{1,256}$/.test(source) || source.startsWith('aws.'))) {
      throw owner.error(
        `source ${show(source)} must be 1 to 256 characters that do not start with "aws.", e.g. "shop.orders"`,
      );
    }
    const { literal } = detailType._source;
    if (literal !== undefined && !Token.isUnresolved(literal) && !/^[^]{1,128}$/.test(literal)) {
      throw owner.error(
        `detailType ${show(literal)} must be 1 to 128 characters, e.g. RequestValue.literal("OrderPlaced")`,
      );
    }
    return serviceIntegration(context, options, {
      role: 'events',
      subtype: 'EventBridge-PutEvents',
      region: placeOf(bus, bus.eventBusArn).region,
      grants: [{ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }],
      parameters: {
        EventBusName: bus.eventBusArn,
        Source: literalOf(source, context),
        DetailType: detailType,
        Detail: options.detail ?? RequestValue.bodyJson('$'),
      },
    });
  };
}
