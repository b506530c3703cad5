import { type Acknowledgment } from 'aws-cdk-lib';
import { AWS_SOLUTIONS, HIPAA, inPacks, NIST_R4, NIST_R5, PCI, SERVERLESS } from '../authoring/nag-packs';

export const HANDLER_LOG_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'CloudWatchLogGroupEncrypted',
  'Holds one line per deployment, and no request data. CloudWatch Logs encrypts it with its own key.',
);

export const HANDLER_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [HIPAA, NIST_R5],
    'LambdaConcurrency',
    'Only CloudFormation invokes it, once per deployment; reserved concurrency would reduce that of the account.',
  ),
  ...inPacks(
    [HIPAA, NIST_R5, SERVERLESS],
    'LambdaDLQ',
    'CloudFormation waits for its response and shows its failures; an event has no use after the deployment.',
  ),
  ...inPacks(
    [HIPAA, NIST_R4, NIST_R5, PCI],
    'LambdaInsideVPC',
    'Calls only Amazon S3 and CloudFormation, and nothing inside a VPC.',
  ),
  ...inPacks([SERVERLESS], 'LambdaTracing', 'Runs once per deployment, outside any request that could be traced.'),
];

/** @param name what the function may write, as cdk-nag names it */
export const storedFindings = (name: string): readonly Acknowledgment[] =>
  inPacks(
    [AWS_SOLUTIONS],
    `IAM5[Resource::${name}]`,
    'The key is that of one asset, continued by a hash of what the deployment makes of it, which is not known before.',
  );
