import { FIREHOSE_NAME_PREFIX } from '../../../facts/enumerations';
import { type Rule } from '../../rule';
import { guide, inside, stageLabel, stagesOf } from '../../queries/common';
import { webSocketStagesOf } from '../../queries/v2';
import { afterLast, outline, startsOtherwise, type Text } from '../../../template/model/text';

const SERVICE = ':firehose:';
const STREAM = ':deliverystream/';

/** What stands behind the last `:deliverystream/` of an ARN of Firehose. */
function streamOf(arn: Text | undefined): Text | undefined {
  const plain = outline(arn);
  const at = plain.lastIndexOf(STREAM);
  const service = plain.indexOf(SERVICE);
  return arn !== undefined && service >= 0 && at >= service + SERVICE.length ? afterLast(arn, STREAM) : undefined;
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
      const name = streamOf(stage.accessLog?.destination);
      // A name that begins with a reference cannot be told.
      if (name !== undefined && startsOtherwise(name, FIREHOSE_NAME_PREFIX)) {
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
