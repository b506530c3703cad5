import { type Rule } from '../../rule';
import { allStagesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-LOG8',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'info',
  title: 'Access logs are encrypted with a customer managed key',
  why: 'CloudWatch Logs encrypts everything with its own key. If the logs contain personal data, a customer managed key controls who may read them, and can revoke access for everyone at once.',
  fix: {
    library: 'Set `accessLog` with a log group that has an `encryptionKey`.',
    l2: 'Set `encryptionKey` on the `LogGroup`.',
    cloudFormation:
      'Set `KmsKeyId` on the `AWS::Logs::LogGroup`, with a key policy for logs.<region>.<URL suffix>, e.g. logs.eu-west-1.amazonaws.com.',
  },
  link: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  sameAs: {
    'cdk-nag': [
      'HIPAA.Security-CloudWatchLogGroupEncrypted',
      'NIST.800.53.R4-CloudWatchLogGroupEncrypted',
      'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
      'PCI.DSS.321-CloudWatchLogGroupEncrypted',
    ],
    checkov: ['CKV_AWS_158'],
  },
  *check(model) {
    const told = new Set<unknown>();
    for (const { stage } of allStagesOf(model)) {
      const group = stage.accessLog?.logGroup;
      if (group && group.kmsKeyId === undefined && !told.has(group)) {
        told.add(group);
        yield { location: group.location, message: `${group.location.logicalId} has no KMS key` };
      }
    }
  },
};
