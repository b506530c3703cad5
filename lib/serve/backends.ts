import { type HeaderFields } from './exchange';
import { type FunctionOutcome } from './functions';

/** A call of a function from the gateway. */
export interface FunctionCall {
  /** The logical id, if the function is in the templates. */
  readonly functionId?: string;
  /** Name or ARN as it came out of the URI, with version or alias. */
  readonly target: string;
  readonly qualifier?: string;
  readonly event: unknown;
  readonly requestId: string;
  /** `Event` for calls without a response. */
  readonly invocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  readonly streaming?: boolean;
  readonly timeoutInMs: number;
}

/** A request of the gateway to a server or to an AWS service. */
export interface HttpCall {
  readonly method: string;
  /** Absolute, encoded. */
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
  readonly timeoutInMs: number;
  /** How the certificate of the server is looked at, if not as usual. */
  readonly tls?: {
    /** Any certificate is taken: `insecureSkipVerification`. */
    readonly isInsecure?: boolean;
    /** The name that it must have, whatever the URL: `ServerNameToVerify`. */
    readonly serverName?: string;
  };
  /** The AWS service that is called: the request is signed and goes to its endpoint. */
  readonly service?: { readonly name: string; readonly region: string; readonly action?: string };
}

export interface HttpReply {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Why a back end gave no answer. */
export class BackendError extends Error {
  /** @param kind `refused`: this gateway may not or cannot call it */
  constructor(
    public readonly kind: 'timeout' | 'connection' | 'refused',
    message: string,
  ) {
    super(message);
  }
}

/** What stands behind the gateway. Calls that get no answer throw a {@link BackendError}. */
export interface Backends {
  invoke(call: FunctionCall): Promise<FunctionOutcome>;
  send(call: HttpCall): Promise<HttpReply>;
}
