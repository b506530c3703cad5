import { type Acknowledgment } from 'aws-cdk-lib';
import { HIPAA, inPacks, NIST_R4, NIST_R5, PCI, SERVERLESS } from '../authoring/nag-packs';

export const CONNECTION_TABLE_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'DynamoDBInBackupPlan',
  'Holds the current connections, for two hours at most: the connections in a backup would be closed. Point-in-time recovery is on.',
);

export const BROADCASTER_LOG_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'CloudWatchLogGroupEncrypted',
  'Holds the number of connections reached and the ids of those that were not, never a message. CloudWatch Logs encrypts it with its own key.',
);

export const BROADCASTER_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [HIPAA, NIST_R5],
    'LambdaConcurrency',
    'Only principals with a grant can invoke it; it waits and retries when the service is busy.',
  ),
  ...inPacks(
    [HIPAA, NIST_R4, NIST_R5, PCI],
    'LambdaInsideVPC',
    'Calls only DynamoDB and the @connections API, and nothing inside a VPC.',
  ),
  ...inPacks(
    [SERVERLESS],
    'LambdaTracing',
    'AWS X-Ray does not trace WebSocket APIs; its log has one line for each broadcast.',
  ),
];
