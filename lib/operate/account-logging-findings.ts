import { type Acknowledgment } from 'aws-cdk-lib';

/** What the rule packs of cdk-nag say of resources where it does not apply, and why. */
function inPacks(packs: readonly string[], rule: string, reason: string): Acknowledgment[] {
  return packs.map((pack) => ({ id: `${pack}::${pack}-${rule}`, reason }));
}

const HIPAA = 'HIPAA.Security';
const NIST_R4 = 'NIST.800.53.R4';
const NIST_R5 = 'NIST.800.53.R5';
const PCI = 'PCI.DSS.321';
const SERVERLESS = 'Serverless';

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
