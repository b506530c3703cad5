import { FIREHOSE_NAME_PREFIX } from '../../../facts/enumerations';
import { type Rule } from '../../rule';
import { guide, inside, stageLabel, stagesOf } from '../../queries/common';
import { webSocketStagesOf } from '../../queries/v2';

const SERVICE = ':firehose:';
const STREAM = ':deliverystream/';

/** The part after the last `:deliverystream/` of an ARN of Firehose. */
function streamOf(arn: string): string | undefined {
  const at = arn.lastIndexOf(STREAM);
  const service = arn.indexOf(SERVICE);
  return service >= 0 && at >= service + SERVICE.length ? arn.slice(at + STREAM.length) : undefined;
}

export const rule: Rule = {
  id: 'ALL-LOG6',
  appliesTo: ['rest', 'websocket'],
  severity: 'error',
  title: 'A Firehose stream for access logs is named amazon-apigateway-…',
  why: 'API Gateway rejects every other stream as a destination, and the deployment rolls back.',
  fix: {
    library: 'Name the stream `amazon-apigateway-<name>`, or let the gateway write to its own log group.',
    l2: 'Set `deliveryStreamName` on the stream behind the `FirehoseLogDestination` to `amazon-apigateway-<name>`.',
    cloudFormation:
      'Set `DeliveryStreamName` on the stream behind `AccessLogSetting.DestinationArn` (`AccessLogSettings` of a ' +
      'WebSocket API) to `amazon-apigateway-<name>`.',
  },
  link: guide('set-up-access-logging'),
  *check(model) {
    for (const { stage } of [...stagesOf(model), ...webSocketStagesOf(model)]) {
      const name = streamOf(stage.accessLog?.destination ?? '');
      // A name that begins with a reference is unknown.
      if (name !== undefined && !name.startsWith('<') && !name.startsWith(FIREHOSE_NAME_PREFIX)) {
        yield {
          location: inside(
            stage.location,
            'routeSettings' in stage ? 'AccessLogSettings' : 'AccessLogSetting',
            'DestinationArn',
          ),
          message: `${stageLabel(stage)} logs to stream "${name}", whose name does not start with ${FIREHOSE_NAME_PREFIX}`,
        };
      }
    }
  },
};
