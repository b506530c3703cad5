import { type Answer, type HeaderFields, whole, withDefault } from '../exchange';
import { isObject, type Json, parsedJson } from '../json';
import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { preludeHeaders } from '../functions';
import { answeredHeaders } from '../answered-headers';
import { valueOfHeader } from '../multi-values';
import { proxyEvent } from './events';
import { type Exchange, type IntegrationRequest } from './exchange';
import { httpCall, invoke, notInvoked, send } from './call';

const KEYS: ReadonlySet<string> = new Set([
  'statusCode',
  'headers',
  'multiValueHeaders',
  'body',
  'isBase64Encoded',
  'cookies',
]);

/** Calls a proxied function and reads its answer. @throws Refusal */
export async function proxyFunction(exchange: Exchange, tell: (told: Told) => void): Promise<Answer> {
  const { integration, binary, request } = exchange;
  const because = [integration.source.location];
  const event = proxyEvent({ ...exchange, resource: exchange.method.path }, binary.isBinary(request.mediaType));
  tell({ input: event, because });
  if (integration.method !== undefined && integration.method !== 'POST') {
    throw new Refusal('INTEGRATION_FAILURE', {
      reason: `Functions are called with POST; the integration's method is ${integration.method}`,
      status: 500,
      because,
    });
  }
  const outcome = await invoke(exchange, event, { streaming: integration.streams });
  if (outcome.kind === 'refused') throw notInvoked(exchange, outcome);
  if (outcome.kind === 'stream') {
    const { statusCode = 200 } = outcome.prelude ?? {};
    tell({ note: `The function streams its answer with status ${statusCode}` });
    const headers = preludeHeaders(outcome.prelude ?? {});
    return { status: statusCode, headers: typed(headers), body: outcome.body };
  }
  const value = parsedJson(outcome.payload);
  tell({ output: value });
  if (outcome.kind === 'error') throw malformed(`The function failed: ${outcome.payload.slice(0, 500)}`, because);
  const answer = readAnswer(value);
  if (typeof answer === 'string') throw malformed(answer, because);
  const accept = valueOfHeader(request.headers, 'accept');
  const isDecoded = answer.isBase64Encoded && !binary.isEmpty && binary.isAccepted(accept);
  tell({ note: `Status ${answer.status}${isDecoded ? ', the body decoded from base64' : ''}` });
  return {
    status: answer.status,
    headers: typed(answer.headers),
    body: Buffer.from(answer.body, isDecoded ? 'base64' : 'utf8'),
  };
}

const typed = (headers: HeaderFields): HeaderFields => withDefault(headers, 'Content-Type', 'application/json');

const malformed = (reason: string, because: Exchange['integration']['source']['location'][]): Refusal =>
  new Refusal('DEFAULT_5XX', { reason, message: 'Internal server error', status: 502, because });

interface FunctionAnswer {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** What a proxied function answered; a text instead says why it is malformed. */
function readAnswer(value: Json | undefined): FunctionAnswer | string {
  if (!isObject(value)) return 'The answer of the function is no object; return {statusCode, headers, body}';
  const odd = Object.keys(value).find((key) => !KEYS.has(key));
  if (odd !== undefined) return `The answer has ${JSON.stringify(odd)}, which is not one of ${[...KEYS].join(', ')}`;
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = value;
  const status = Number(statusCode ?? 200);
  if (!Number.isInteger(status) || statusCode === '' || status < 100 || status > 599) {
    return `statusCode is ${JSON.stringify(statusCode)}, not a whole number`;
  }
  if (body !== undefined && body !== null && typeof body !== 'string') {
    return 'body is no text; return JSON.stringify(body)';
  }
  const fields = answeredHeaders(headers ?? {}, multiValueHeaders ?? {});
  if (typeof fields === 'string') return fields;
  return { status, headers: fields, body: body ?? '', isBase64Encoded: isBase64Encoded === true };
}

/** Calls a proxied server. @throws Refusal */
export async function proxyHttp(
  exchange: Exchange,
  made: IntegrationRequest,
  tell: (told: Told) => void,
): Promise<Answer> {
  const call = httpCall(exchange, made);
  tell({
    input: { method: call.method, url: call.url, headers: call.headers },
    because: [exchange.integration.source.location],
  });
  const reply = await send(exchange, call);
  tell({ note: `The back end answers ${reply.status}` });
  const body = exchange.integration.streams ? reply.body : await whole(reply.body);
  return { status: reply.status, headers: reply.headers, body };
}
