import { type Acknowledgment } from 'aws-cdk-lib';
import { HIPAA, NIST_R4, NIST_R5, PCI, SERVERLESS, inPacks } from '../authoring/nag-packs';

/** Findings of cdk-nag that do not apply to the function for preflights. */
export const PREFLIGHT_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(
    [HIPAA, NIST_R5],
    'LambdaConcurrency',
    'Answers 204 at once; a limit of its own would answer 500 before the throttle of the stage answers 429.',
  ),
  ...inPacks([HIPAA, NIST_R5, SERVERLESS], 'LambdaDLQ', 'API Gateway waits for its answer, which is always the same.'),
  ...inPacks([HIPAA, NIST_R4, NIST_R5, PCI], 'LambdaInsideVPC', 'Reaches nothing, inside of a VPC or elsewhere.'),
  ...inPacks([SERVERLESS], 'LambdaTracing', 'There is nothing to trace in it.'),
];
