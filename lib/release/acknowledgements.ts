import { type Acknowledgment } from 'aws-cdk-lib';
import { handlerLogFindings } from '../authoring/handler-acknowledgements';
import { AWS_SOLUTIONS, HIPAA, inPacks, NIST_R4, NIST_R5, PCI, SERVERLESS } from '../authoring/nag-packs';

export const HANDLER_LOG_FINDINGS = handlerLogFindings('the outcome of each release');

export const HANDLER_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [HIPAA, NIST_R5],
    'LambdaConcurrency',
    'Runs a few times per release, one at a time; reserved concurrency would reduce that of the account.',
  ),
  ...inPacks(
    [HIPAA, NIST_R5, SERVERLESS],
    'LambdaDLQ',
    'CloudFormation or the state machine waits for its response, and shows its failures.',
  ),
  ...inPacks(
    [HIPAA, NIST_R4, NIST_R5, PCI],
    'LambdaInsideVPC',
    'Calls only control planes of AWS, and nothing inside a VPC.',
  ),
  ...inPacks([SERVERLESS], 'LambdaTracing', 'Runs at releases, outside any request that could be traced.'),
];

export const MACHINE_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [AWS_SOLUTIONS],
    'SF1',
    'A standard workflow, whose history Step Functions keeps for 90 days: a log would only repeat it.',
  ),
  ...inPacks([AWS_SOLUTIONS], 'SF2', 'Waits most of the time; the history has each step with its duration.'),
  ...inPacks([SERVERLESS], 'StepFunctionStateMachineXray', 'Waits most of the time; the history has each step.'),
];

export const ALARM_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5],
  'CloudWatchAlarmAction',
  'The release reads this alarm, and rolls the canary back; `apigw canary status` shows it.',
);
