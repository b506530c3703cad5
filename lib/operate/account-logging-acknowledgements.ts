import { type Acknowledgment } from 'aws-cdk-lib';
import { HIPAA, NIST_R4, NIST_R5, PCI, SERVERLESS, inPacks } from '../authoring/nag-packs';

export const LOGGING_POLICY_FINDINGS: readonly Acknowledgment[] = inPacks(
  ['AwsSolutions'],
  'IAM5[Resource::*]',
  'The role serves all APIs of the account, including later ones: API Gateway creates their log groups itself. The actions are those of AmazonAPIGatewayPushToCloudWatchLogs.',
);

export const HANDLER_LOG_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'CloudWatchLogGroupEncrypted',
  'Holds one line per deployment with the ARN of a role, and no request data. CloudWatch Logs encrypts it with its own key.',
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
    'Calls only the API Gateway control plane and CloudFormation, and nothing inside a VPC.',
  ),
  ...inPacks([SERVERLESS], 'LambdaTracing', 'Runs once per deployment, outside any request that could be traced.'),
];
