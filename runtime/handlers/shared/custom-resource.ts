import { type Sleep, respond, sleepFor } from './cloudformation-response';

/** What CloudFormation sends to the function behind a custom resource. */
export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  /** Absent on Create. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  /** On Update only. */
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** The part of the Lambda context that is used here. */
export interface InvocationContext {
  readonly awsRequestId?: string;
  readonly logGroupName?: string;
  readonly logStreamName?: string;
  getRemainingTimeInMillis(): number;
}

/** What a handler hands back. */
export interface CustomResourceResult {
  /** Kept as it was, or made from stack and logical id, where the handler says nothing. */
  readonly physicalResourceId?: string;
  /** Attributes for `Fn::GetAtt`. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Hides the attributes from the console and from DescribeStackResource. */
  readonly noEcho?: boolean;
}

/** The work of one custom resource. `deadline` is the time (ms since the epoch) by which it must have come to an end. */
export type CustomResourceHandler = (
  event: CustomResourceEvent,
  deadline: number,
) => Promise<CustomResourceResult | void>;

/** What tests replace. */
export interface CustomResourceOptions {
  readonly sleep?: Sleep;
  readonly log?: (line: string) => void;
}

/** Reserved time of the invocation, in which a failure can still be reported. */
const RESERVE_MILLIS = 30_000;
/** CloudFormation takes a response of 4096 bytes at most. */
const MAX_RESPONSE_BYTES = 4096;
const MAX_REASON_CHARS = 1000;

/**
 * The Lambda entry point of a custom resource: runs the handler and always responds to CloudFormation, also when the handler
 * fails or does not finish (a request without a response blocks the stack for up to an hour).
 */
export function customResource(handler: CustomResourceHandler, options: CustomResourceOptions = {}) {
  const log = options.log ?? console.log;
  const sleep = options.sleep ?? sleepFor;
  return async (event: CustomResourceEvent, context: InvocationContext): Promise<void> => {
    const reply = await run(handler, event, context);
    const { RequestType: requestType, LogicalResourceId: logicalId } = event;
    log(JSON.stringify({ requestType, logicalId, status: reply.Status, reason: reply.Reason }));
    await respond(event.ResponseURL, JSON.stringify(reply), sleep);
  };
}

interface Reply {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly NoEcho?: boolean;
  readonly Data?: Readonly<Record<string, unknown>>;
}

async function run(
  handler: CustomResourceHandler,
  event: CustomResourceEvent,
  context: InvocationContext,
): Promise<Reply> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const same = { StackId, RequestId, LogicalResourceId };
  const physicalResourceId = event.PhysicalResourceId ?? `${stackNameOf(StackId)}.${LogicalResourceId}`;
  try {
    const result = (await beforeDeadline(handler, event, context)) ?? {};
    const reply: Reply = {
      Status: 'SUCCESS',
      PhysicalResourceId: result.physicalResourceId ?? physicalResourceId,
      ...same,
      ...(result.noEcho === undefined ? {} : { NoEcho: result.noEcho }),
      ...(result.data === undefined ? {} : { Data: result.data }),
    };
    const bytes = Buffer.byteLength(JSON.stringify(reply));
    if (bytes > MAX_RESPONSE_BYTES) {
      throw new Error(
        `The response has ${bytes} bytes, but CloudFormation accepts at most ${MAX_RESPONSE_BYTES}: return less data.`,
      );
    }
    return reply;
  } catch (error) {
    const Reason = reasonOf(error, event.ResponseURL, context);
    return { Status: 'FAILED', Reason, PhysicalResourceId: physicalResourceId, ...same };
  }
}

async function beforeDeadline(handler: CustomResourceHandler, event: CustomResourceEvent, context: InvocationContext) {
  const remaining = context.getRemainingTimeInMillis();
  const allowed = Math.max(remaining - RESERVE_MILLIS, remaining / 2);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const message = `${event.RequestType} did not finish within ${Math.round(allowed / 1000)} s.`;
    timer = setTimeout(() => reject(new Error(message)), allowed);
  });
  try {
    return await Promise.race([handler(event, Date.now() + allowed), late]);
  } finally {
    clearTimeout(timer);
  }
}

function stackNameOf(stackId: string): string {
  return stackId.split('/')[1] ?? stackId;
}

/** Name and message of the error and where its log is; the response URL is a credential and never gets out. */
function reasonOf(error: unknown, responseUrl: string, context: InvocationContext): string {
  const text =
    error instanceof Error
      ? error.name === 'Error'
        ? error.message
        : `${error.name}: ${error.message}`
      : String(error);
  const query = responseUrl.split('?')[1];
  const clean = [responseUrl, query, encodeURIComponent(responseUrl)]
    .filter((secret) => secret)
    .reduce<string>((kept, secret) => kept.replaceAll(secret!, '<response URL>'), text);
  const where = context.logStreamName
    ? ` (log group ${context.logGroupName}, stream ${context.logStreamName}, request ${context.awsRequestId})`
    : '';
  const room = MAX_REASON_CHARS - where.length;
  return (clean.length > room ? `${clean.slice(0, room - 1)}…` : clean || 'Unknown error') + where;
}
