import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { PUT_EVENTS_ENTRY_ERRORS, SERVICE_ERRORS } from '../../facts/service-errors';
import { type RestBindIntegration } from '../binding';
import { answer, errorReplies, textOf } from './replies';
import { type EventOptions, putEventsAccess } from '../../integrations/services/event-bridge';
import { RequestValue } from '../../integrations/request-value';
import { type RestServiceIntegrationOptions, serviceIntegration } from './service';
import { jsonLiteral } from '../../integrations/velocity/template';
import { RestTemplate } from './velocity';

/**
 * Options of an integration that puts an event on a bus.
 */
export interface RestEventBridgeIntegrationOptions extends RestServiceIntegrationOptions, EventOptions {}

export function eventBridge(bus: IEventBus, options: RestEventBridgeIntegrationOptions): RestBindIntegration {
  return (context) => {
    const { source, detailType } = options;
    const template = new RestTemplate(context);
    const entry = [
      `"EventBusName":"${jsonLiteral(bus.eventBusArn)}"`,
      `"Source":"${jsonLiteral(source)}"`,
      `"DetailType":${template.json(detailType)}`,
      `"Detail":${template.json(options.detail ?? RequestValue.bodyJson('$'))}`,
    ];
    return serviceIntegration(context, options, {
      ...putEventsAccess(bus, options, context.owner),
      target: 'events:action/PutEvents',
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

// PutEvents responds 200 even if it rejected the event.
const ANSWER = [
  '#set($failed = $input.path(\'$.FailedEntryCount\').toString())#set($code = "")',
  "#set($found = $input.path('$.Entries[0].ErrorCode'))#if($found)#set($code = $found)#end",
  `#if($failed == "0")${textOf('eventId', '$.Entries[0].EventId')}`,
  ...Object.entries(PUT_EVENTS_ENTRY_ERRORS).map(([code, status]) => `#elseif($code == "${code}")${answer(status)}`),
  `#else${answer(502)}#end`,
].join('');
