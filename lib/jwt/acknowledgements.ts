import { type Acknowledgment } from 'aws-cdk-lib';
import { HIPAA, NIST_R4, NIST_R5, PCI, SERVERLESS, inPacks } from '../authoring/nag-packs';

export const JWT_LOG_FINDINGS: readonly Acknowledgment[] = inPacks(
  [HIPAA, NIST_R4, NIST_R5, PCI],
  'CloudWatchLogGroupEncrypted',
  'Holds the reasons why tokens were rejected, never a token. CloudWatch Logs encrypts it with its own key.',
);

/** @param webSocket whether the function belongs to a WebSocket API, which caches no decision and has no trace */
export function jwtFunctionFindings(webSocket: boolean): Acknowledgment[] {
  return [
    ...inPacks(
      [HIPAA, NIST_R5],
      'LambdaConcurrency',
      `Runs for every ${webSocket ? 'client that connects' : 'request whose decision is not cached'}; reserved concurrency would cause 500 responses before the throttle of the stage causes 429.`,
    ),
    ...inPacks(
      [HIPAA, NIST_R5, SERVERLESS],
      'LambdaDLQ',
      'API Gateway waits for its response; an event has no use after the request.',
    ),
    ...inPacks(
      [HIPAA, NIST_R4, NIST_R5, PCI],
      'LambdaInsideVPC',
      'Fetches the public keys of the issuer from the internet, and calls nothing inside a VPC.',
    ),
    ...inPacks(
      [SERVERLESS],
      'LambdaTracing',
      webSocket
        ? 'AWS X-Ray does not trace WebSocket APIs; the access log of the stage shows how long the authorizer took.'
        : 'The trace of the stage shows the authorizer and how long it took.',
    ),
  ];
}
