import { Token } from 'aws-cdk-lib';
import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { PUT_EVENTS_ENTRY_ERRORS, SERVICE_ERRORS } from '../../facts/service-errors';
import { show } from '../../authoring/errors';
import { type RestBindIntegration } from '../binding';
import { answer, errorReplies, textOf } from './replies';
import { placeOf } from '../../integrations/services/accounts';
import { RequestValue } from '../../integrations/request-value';
import { type RestServiceIntegrationOptions, serviceIntegration } from './service';
import { jsonLiteral } from '../../integrations/velocity/template';
import { RestTemplate } from './velocity';

/**
 * Options of an integration that puts an event on a bus.
 */
export interface RestEventBridgeIntegrationOptions extends RestServiceIntegrationOptions {
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
   * The event itself: the text of a JSON object. With its names the event may have 1 MB.
   *
   * @default RequestValue.bodyJson('$')
   */
  readonly detail?: RequestValue;
}

export function eventBridge(bus: IEventBus, options: RestEventBridgeIntegrationOptions): RestBindIntegration {
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
    const template = new RestTemplate(context);
    const entry = [
      `"EventBusName":"${jsonLiteral(bus.eventBusArn)}"`,
      `"Source":"${jsonLiteral(source)}"`,
      `"DetailType":${template.json(detailType)}`,
      `"Detail":${template.json(options.detail ?? RequestValue.bodyJson('$'))}`,
    ];
    return serviceIntegration(context, options, {
      role: 'events',
      target: 'events:action/PutEvents',
      region: placeOf(bus, bus.eventBusArn).region,
      grants: [{ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }],
      mappings: {
        'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
        'integration.request.header.X-Amz-Target': "'AWSEvents.PutEvents'",
      },
      parameters: template.parameters,
      template: template.render(`{"Entries":[{${entry.join(',')}}]}`),
      replies: [
        { pattern: '2\\d{2}', status: 202, template: ANSWER, overrides: [400, 502, 503] },
        ...errorReplies(SERVICE_ERRORS.events),
      ],
    });
  };
}

// PutEvents answers 200 where it has refused the event.
const ANSWER = [
  '#set($failed = $input.path(\'$.FailedEntryCount\').toString())#set($code = "")',
  "#set($found = $input.path('$.Entries[0].ErrorCode'))#if($found)#set($code = $found)#end",
  `#if($failed == "0")${textOf('eventId', '$.Entries[0].EventId')}`,
  ...Object.entries(PUT_EVENTS_ENTRY_ERRORS).map(([code, status]) => `#elseif($code == "${code}")${answer(status)}`),
  `#else${answer(502)}#end`,
].join('');
