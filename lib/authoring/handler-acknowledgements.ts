import { type Acknowledgment } from 'aws-cdk-lib';
import { HIPAA, inPacks, NIST_R4, NIST_R5, PCI, SERVERLESS } from './nag-packs';

/**
 * The findings on a function that only CloudFormation invokes, for a custom resource.
 *
 * @param calls the services that it calls: `Amazon S3`
 */
export const deploymentHandlerFindings = (calls: string): readonly Acknowledgment[] => [
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
    `Calls only ${calls} and CloudFormation, and nothing inside a VPC.`,
  ),
  ...inPacks([SERVERLESS], 'LambdaTracing', 'Runs once per deployment, outside any request that could be traced.'),
];

/** @param holds what its log group contains: `one line per deployment` */
export const handlerLogFindings = (holds: string): readonly Acknowledgment[] =>
  inPacks(
    [HIPAA, NIST_R4, NIST_R5, PCI],
    'CloudWatchLogGroupEncrypted',
    `Holds ${holds}, and no request data. CloudWatch Logs encrypts it with its own key.`,
  );
