import { isLiteral, referenceOf, type Text } from '../../../template/model/text';
import { type ApiModel } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { guide, inside, stageLabel, stagesOf } from '../../queries/common';
import { v2StagesOf } from '../../queries/v2';

/** Resources whose `Ref` is their name. */
const NAMED = ['AWS::Logs::LogGroup', 'AWS::KinesisFirehose::DeliveryStream'];

function problem(model: ApiModel, destination: Text | undefined): string | undefined {
  if (isLiteral(destination)) {
    return destination.startsWith('arn:') ? undefined : `to "${destination}", which is not an ARN`;
  }
  const found = referenceOf(destination);
  const isName = found && found.attribute === undefined && NAMED.includes(model.typeOf(found) ?? '');
  return isName ? `to the name of ${found.logicalId}; write !GetAtt ${found.logicalId}.Arn` : undefined;
}

export const rule: Rule = {
  id: 'ALL-LOG70',
  appliesTo: ['rest', 'http', 'websocket'],
  // That another text is rejected is documented nowhere.
  severity: 'warning',
  title: 'The destination of access logs is an ARN',
  why: 'API Gateway takes the ARN of a log group or a Firehose stream. The `Ref` of one is its name, to which nothing can be written: the stage is rejected, or has no access log.',
  fix: {
    library: 'Set `accessLog` to a log group, or omit it.',
    l2: 'Use `LogGroupLogDestination` or `FirehoseLogDestination`, or pass `logGroupArn` to the L1.',
    cloudFormation:
      'Write `!GetAtt LogGroup.Arn` as `DestinationArn` of `AccessLogSetting` (`AccessLogSettings` of an HTTP or WebSocket API).',
  },
  link: guide('set-up-access-logging'),
  *check(model) {
    for (const { stage } of [...stagesOf(model), ...v2StagesOf(model)]) {
      const found = problem(model, stage.accessLog?.destination);
      if (found !== undefined) {
        const property = 'routeSettings' in stage ? 'AccessLogSettings' : 'AccessLogSetting';
        yield {
          location: inside(stage.location, property, 'DestinationArn'),
          message: `${stageLabel(stage)} logs ${found}`,
        };
      }
    }
  },
};
