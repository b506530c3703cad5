import { type Location } from '../template/model/place';
import { type Content } from './content';
import { type HeaderFields } from './exchange';
import { type FunctionOutcome } from './functions';
import { isObject, type Json, parsedJson } from './json';
import { mockStatus } from './mock-status';
import { type MultiValues } from './multi-values';
import { misconfigured, Refusal } from './refusal';

/** The response of any back end that is not proxied. */
export interface IntegrationAnswer {
  readonly status: number;
  readonly headers: MultiValues;
  readonly body: Uint8Array;
  /** What the patterns or keys of integration responses are matched against; undefined selects the default. */
  readonly selector?: string;
}

/** The response to a call that does not wait for one. */
export const ACCEPTED: IntegrationAnswer = { status: 202, headers: {}, body: new Uint8Array() };

/** The response of a mock. @throws Refusal if its template sets no status */
export function mockAnswer(text: string, because: readonly Location[], hint = ''): IntegrationAnswer {
  const status = mockStatus(text);
  if (status === undefined) {
    throw misconfigured(
      `The template of a mock has to give a whole number as statusCode, e.g. {"statusCode": 200}; it gave ${JSON.stringify(text.slice(0, 200))}${hint}`,
      because,
    );
  }
  return { status, headers: {}, body: new Uint8Array(), selector: String(status) };
}

/** The event of a function that is not proxied. @param message for clients if it is not JSON @throws Refusal */
export function customEvent(body: Content, message: string, because: readonly Location[]): Json {
  const text = 'text' in body ? body.text : Buffer.from(body.bytes).toString('base64');
  const event = text === '' ? {} : parsedJson(text);
  if (event !== undefined) return event;
  const reason = `The event of the function is not JSON: ${text.slice(0, 200)}`;
  throw new Refusal('BAD_REQUEST_BODY', { reason, message, because });
}

/** Whether a mapped header asks Lambda not to wait. */
export const isAsynchronous = (headers: HeaderFields): boolean =>
  headers.some(([name, value]) => name.toLowerCase() === 'x-amz-invocation-type' && value === 'Event');

/** The response of a function that is not proxied. @param selector of one that succeeds */
export function functionAnswer(
  { kind, payload }: Extract<FunctionOutcome, { payload: string }>,
  selector?: string,
): IntegrationAnswer {
  const error = kind === 'error' ? parsedJson(payload) : undefined;
  const message = isObject(error) && typeof error.errorMessage === 'string' ? error.errorMessage : '';
  const selected = kind === 'error' ? message : selector;
  return {
    ...{ status: 200, headers: {}, body: Buffer.from(payload, 'utf8') },
    ...(selected === undefined ? {} : { selector: selected }),
  };
}
