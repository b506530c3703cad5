import { Token } from 'aws-cdk-lib';
import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { type Owner, show } from '../../authoring/errors';
import { type RequestValue } from '../request-value';
import { placeOf } from './accounts';
import { type ServiceAccess } from './call';

/**
 * An event that an integration puts on a bus.
 * @internal
 */
export interface EventOptions {
  /**
   * Source of the event, which rules match: the same for every request, since a client could otherwise act for another system.
   * 1 to 256 characters, not starting with `aws.`.
   */
  readonly source: string;

  /**
   * Type of the event, e.g. `RequestValue.literal('OrderPlaced')`. Up to 128 characters.
   */
  readonly detailType: RequestValue;

  /**
   * The event itself: the text of a JSON object. With its names, the event can have up to 1 MB.
   *
   * @default RequestValue.bodyJson('$')
   */
  readonly detail?: RequestValue;
}

/** @throws if EventBridge would not accept the event */
export function putEventsAccess(bus: IEventBus, { source, detailType }: EventOptions, owner: Owner): ServiceAccess {
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
  const { eventBusArn: arn } = bus;
  return {
    role: 'events',
    region: placeOf(bus, arn).region,
    grants: [{ actions: ['events:PutEvents'], resources: [arn] }],
  };
}
