import { type Rule } from '../../rule';
import { stageLabel } from '../../queries/common';
import { allStagesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-LOG7',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'The log group of the access logs has a retention period',
  why: 'Without one the logs, which contain IP addresses and user names, are kept and billed forever.',
  fix: {
    library:
      'Set `accessLog.retention` on the stage, or omit it: the log group that the gateway creates keeps its events ' +
      'for one year.',
    l2: 'Set `retention: RetentionDays.ONE_YEAR` on the `LogGroup`.',
    cloudFormation: 'Set `RetentionInDays` on the `AWS::Logs::LogGroup`.',
  },
  link: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  sameAs: {
    'cdk-nag': ['Serverless-CloudWatchLogGroupRetentionPeriod', 'HIPAA.Security-CloudWatchLogGroupRetentionPeriod'],
    checkov: ['CKV_AWS_66'],
    'cfn-lint': ['I3013'],
  },
  setting: 'log retention',
  *check(model) {
    const seen = new Set<unknown>();
    for (const { stage } of allStagesOf(model)) {
      const group = stage.accessLog?.logGroup;
      if (group && group.retentionInDays === undefined && !seen.has(group)) {
        seen.add(group);
        yield {
          location: group.location,
          stage,
          message: `log group ${group.location.logicalId} of ${stageLabel(stage)} keeps its events forever`,
        };
      }
    }
  },
};
