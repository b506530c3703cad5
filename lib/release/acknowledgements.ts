import { type Acknowledgment } from 'aws-cdk-lib';
import { AWS_SOLUTIONS, HIPAA, inPacks, NIST_R4, NIST_R5, PCI, SERVERLESS } from '../authoring/nag-packs';

export const HANDLER_LOG_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'CloudWatchLogGroupEncrypted',
  'Holds what became of each release, and no request data. CloudWatch Logs encrypts it with its own key.',
);

export const HANDLER_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [HIPAA, NIST_R5],
    'LambdaConcurrency',
    'Runs a few times a release, one at a time; reserved concurrency would be taken away from the account.',
  ),
  ...inPacks(
    [HIPAA, NIST_R5, SERVERLESS],
    'LambdaDLQ',
    'CloudFormation or the state machine waits for its answer, and shows its failures.',
  ),
  ...inPacks(
    [HIPAA, NIST_R4, NIST_R5, PCI],
    'LambdaInsideVPC',
    'Calls the control planes of AWS only, and reaches nothing inside of a VPC.',
  ),
  ...inPacks([SERVERLESS], 'LambdaTracing', 'Runs at releases, outside of any request that could be traced.'),
];

export const MACHINE_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [AWS_SOLUTIONS],
    'SF1',
    'A standard workflow, whose history Step Functions keeps for 90 days: a log would hold the same once more.',
  ),
  ...inPacks([AWS_SOLUTIONS], 'SF2', 'Waits for most of its time; the history has each step with its duration.'),
  ...inPacks([SERVERLESS], 'StepFunctionStateMachineXray', 'Waits for most of its time; the history has each step.'),
];

export const ALARM_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5],
  'CloudWatchAlarmAction',
  'The release reads this alarm, and rolls the canary back; `apigw canary status` shows it.',
);
