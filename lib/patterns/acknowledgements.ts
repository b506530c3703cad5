import { type Acknowledgment } from 'aws-cdk-lib';
import { HIPAA, inPacks, NIST_R4, NIST_R5, PCI, SERVERLESS } from '../authoring/nag-packs';

export const CONNECTION_TABLE_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'DynamoDBInBackupPlan',
  'Holds who is connected at the moment, for two hours at most: connections of a backup are closed. Point-in-time recovery is on.',
);

export const BROADCASTER_LOG_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'CloudWatchLogGroupEncrypted',
  'Holds how many connections were reached and ids of those that were not, and never a message. CloudWatch Logs encrypts it with its own key.',
);

export const BROADCASTER_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [HIPAA, NIST_R5],
    'LambdaConcurrency',
    'Only what it is granted to invokes it; it waits and repeats where the service is busy.',
  ),
  ...inPacks(
    [HIPAA, NIST_R4, NIST_R5, PCI],
    'LambdaInsideVPC',
    'Calls DynamoDB and the @connections API only, and reaches nothing inside of a VPC.',
  ),
  ...inPacks(
    [SERVERLESS],
    'LambdaTracing',
    'AWS X-Ray does not trace WebSocket APIs; its log has one line for each broadcast.',
  ),
];
