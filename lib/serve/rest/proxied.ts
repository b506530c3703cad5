import { type Answer, type HeaderFields, whole, withDefault } from '../exchange';
import { parsedJson } from '../json';
import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { preludeHeaders } from '../functions';
import { valueOfHeader } from '../multi-values';
import { proxyEvent } from './events';
import { type Exchange, type IntegrationRequest } from './exchange';
import { decodedBase64 } from '../content';
import { readFunctionAnswer } from '../function-answer';
import { checkMappings } from './integration-request';
import { httpCall, invoke, notInvoked, send } from './call';

/** Calls a proxied function and reads its answer. @throws Refusal */
export async function proxyFunction(exchange: Exchange, tell: (told: Told) => void): Promise<Answer> {
  const { integration, binary, request } = exchange;
  const { because } = integration;
  checkMappings(exchange);
  const event = proxyEvent(exchange, exchange.method.path, binary.isBinary(request.sentType));
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
    tell({ note: `The function streams its response with status ${statusCode}` });
    const headers = preludeHeaders(outcome.prelude ?? {});
    return { status: statusCode, headers: typed(headers), body: outcome.body };
  }
  const value = parsedJson(outcome.payload);
  tell({ output: value });
  if (outcome.kind === 'error') throw malformed(`The function failed: ${outcome.payload.slice(0, 500)}`, because);
  const answer = readFunctionAnswer(value);
  if (typeof answer === 'string') throw malformed(answer, because);
  const accept = valueOfHeader(request.headers, 'accept');
  const isDecoded = answer.isBase64Encoded && !binary.isEmpty && binary.isAccepted(accept);
  tell({ note: `Status ${answer.status}${isDecoded ? ', the body decoded from base64' : ''}` });
  return {
    status: answer.status,
    headers: typed(answer.headers),
    body: isDecoded ? decodedBase64(answer.body, 'The function sends bytes') : Buffer.from(answer.body, 'utf8'),
  };
}

const typed = (headers: HeaderFields): HeaderFields => withDefault(headers, 'Content-Type', 'application/json');

const malformed = (reason: string, because: Exchange['integration']['because']): Refusal =>
  new Refusal('DEFAULT_5XX', { reason, message: 'Internal server error', status: 502, because });

/** Calls a proxied server. @throws Refusal */
export async function proxyHttp(
  exchange: Exchange,
  made: IntegrationRequest,
  tell: (told: Told) => void,
): Promise<Answer> {
  const call = httpCall(exchange, made);
  tell({
    input: { method: call.method, url: call.url, headers: call.headers },
    because: exchange.integration.because,
  });
  const reply = await send(exchange, call);
  tell({ note: `The back end returns ${reply.status}` });
  const body = exchange.integration.streams ? reply.body : await whole(reply.body);
  return { status: reply.status, headers: typed(reply.headers), body };
}
