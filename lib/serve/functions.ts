import { type HeaderFields } from './exchange';

/** Where the code of a function is. */
export type FunctionCode =
  | { readonly kind: 'inline'; readonly source: string }
  /** A folder, or a zip archive. */
  | { readonly kind: 'path'; readonly path: string }
  /** Code that cannot be run here, and why: a container image, an object in S3. */
  | { readonly kind: 'elsewhere'; readonly reason: string };

/** A Lambda function with everything that is needed to run it; all references are resolved. */
export interface LocalFunction {
  /** The logical id, behind the name of its template if others have the same one. */
  readonly id: string;
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly version: string;
  /** As in CloudFormation: `nodejs22.x`. */
  readonly runtime?: string;
  readonly handler?: string;
  readonly code: FunctionCode;
  /** Folders or zip archives, in the order of the function. */
  readonly layers: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryInMb: number;
  readonly timeoutInMs: number;
  /** Reserved concurrent executions. */
  readonly maxConcurrency?: number;
  readonly logGroupName: string;
}

/** One call of a function. */
export interface Invocation {
  readonly requestId: string;
  /** With version or alias, if the call names one. */
  readonly invokedFunctionArn: string;
  readonly event: unknown;
  /** Whether the caller takes the answer as a stream (`InvokeWithResponseStream`). */
  readonly streaming?: boolean;
}

/** What a call of a function ends with, as the Invoke API of Lambda tells it. */
export type FunctionOutcome =
  /** `payload` is JSON text. */
  | { readonly kind: 'answer'; readonly payload: string }
  /** The function failed (`FunctionError: Unhandled`); `payload` is JSON text with `errorType` and `errorMessage`. */
  | { readonly kind: 'error'; readonly payload: string }
  | { readonly kind: 'stream'; readonly prelude?: StreamPrelude; readonly body: AsyncIterable<Uint8Array> }
  /** Lambda did not run it: 429, or it cannot be run here. */
  | { readonly kind: 'refused'; readonly reason: string; readonly throttled?: boolean; readonly tooLarge?: boolean };

/** What `awslambda.HttpResponseStream.from` sends before the body. */
export interface StreamPrelude {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
}

/** A line that a function printed. */
export interface FunctionLog {
  readonly functionId: string;
  readonly requestId?: string;
  readonly text: string;
}

/** Runs functions. */
export interface FunctionRunner {
  invoke(target: LocalFunction, invocation: Invocation): Promise<FunctionOutcome>;
  /** Ends the workers of the functions, as their code has changed; calls that run are finished first. */
  restart(functionIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The header fields of a prelude, in the order of their names. */
export function preludeHeaders({ headers = {}, multiValueHeaders = {}, cookies = [] }: StreamPrelude): HeaderFields {
  return [
    ...Object.entries(headers).map(([name, value]) => [name, String(value)] as const),
    ...Object.entries(multiValueHeaders).flatMap(([name, values]) =>
      values.map((value) => [name, String(value)] as const),
    ),
    ...cookies.map((cookie) => ['Set-Cookie', cookie] as const),
  ];
}
