import { type Acknowledgment } from 'aws-cdk-lib';
import { HIPAA, NIST_R4, NIST_R5, PCI, SERVERLESS, inPacks } from '../authoring/nag-packs';

export const LOGGING_POLICY_FINDINGS: readonly Acknowledgment[] = inPacks(
  ['AwsSolutions'],
  'IAM5[Resource::*]',
  'The role serves all APIs of the account, also those made later: API Gateway creates their log groups itself. The actions are those of AmazonAPIGatewayPushToCloudWatchLogs.',
);

export const HANDLER_LOG_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'CloudWatchLogGroupEncrypted',
  'Holds one line a deployment with the ARN of a role, and no request data. CloudWatch Logs encrypts it with its own key.',
);

export const HANDLER_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [HIPAA, NIST_R5],
    'LambdaConcurrency',
    'Only CloudFormation invokes it, once a deployment; reserved concurrency would be taken away from the account.',
  ),
  ...inPacks(
    [HIPAA, NIST_R5, SERVERLESS],
    'LambdaDLQ',
    'CloudFormation waits for its answer and shows its failures; an event is worthless after the deployment.',
  ),
  ...inPacks(
    [HIPAA, NIST_R4, NIST_R5, PCI],
    'LambdaInsideVPC',
    'Calls the API Gateway control plane and CloudFormation only, and reaches nothing inside of a VPC.',
  ),
  ...inPacks([SERVERLESS], 'LambdaTracing', 'Runs once a deployment, outside of any request that could be traced.'),
];
