import { type Call } from '../messages';

/** The second argument of handlers. */
export interface Context {
  readonly functionName?: string;
  readonly functionVersion?: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB?: string;
  readonly awsRequestId: string;
  readonly logGroupName?: string;
  readonly logStreamName?: string;
  readonly clientContext: undefined;
  readonly identity: undefined;
  getRemainingTimeInMillis(): number;
}

/** Of a call that begins now. */
export function contextOf({ requestId, arn, limitMs }: Call): Context {
  const deadline = Date.now() + limitMs;
  const { env } = process;
  return {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: arn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}
