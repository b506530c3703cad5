import {
  ACCEPTED,
  customEvent,
  functionAnswer,
  type IntegrationAnswer,
  isAsynchronous,
  mockAnswer,
} from '../custom-back-ends';
import { type Json } from '../json';
import { type HttpCall, type HttpReply } from '../backends';
import { filled, sent, withQuery } from '../calls';
import { type FunctionOutcome } from '../functions';
import { withStageVariables } from '../function-uri';
import { type HeaderFields, merged, whole } from '../exchange';
import { guarded } from '../guarded';
import { collected, valueOfHeader } from '../multi-values';
import { misconfigured, Refusal } from '../refusal';
import { bytesOf } from '../content';
import { type Exchange, type IntegrationRequest } from './exchange';
import { templateOf } from './integration-request';
import { isProxied } from '../call-headers';
import { isFunction, serviceCall } from '../service';

/** Calls the back end of an integration that is not proxied. @throws Refusal */
export async function call(exchange: Exchange, made: IntegrationRequest): Promise<IntegrationAnswer> {
  const { integration } = exchange;
  if (integration.type === 'MOCK') return mock(exchange, made);
  if (integration.type === 'AWS' && isFunction(integration)) return callFunction(exchange, made);
  const reply = await send(exchange, httpCall(exchange, made));
  const body = await whole(reply.body);
  return { status: reply.status, headers: collected(reply.headers, lower), body, selector: String(reply.status) };
}

const lower = (name: string): string => name.toLowerCase();

function mock({ integration, request }: Exchange, { body }: IntegrationRequest): IntegrationAnswer {
  const isMapped = templateOf(integration, request.mediaType) !== undefined;
  const hint = isMapped ? '' : ` (there is no template for ${request.mediaType})`;
  return mockAnswer('text' in body ? body.text : '', integration.because, hint);
}

async function callFunction(exchange: Exchange, { body, headers }: IntegrationRequest): Promise<IntegrationAnswer> {
  const { because } = exchange.integration;
  const event = customEvent(body, 'Could not parse request body into json', because);
  const isAsync = isAsynchronous(headers);
  const outcome = await invoke(exchange, event, { isAsync });
  if (isAsync) return ACCEPTED;
  if (outcome.kind !== 'answer' && outcome.kind !== 'error') throw notInvoked(exchange, outcome);
  // Without an error, patterns are matched against nothing: ".*" matches it.
  return functionAnswer(outcome, '');
}

export async function invoke(
  exchange: Exchange,
  event: Json,
  { isAsync = false, streaming = false } = {},
): Promise<FunctionOutcome> {
  const { environment, integration, requestId, stageVariables } = exchange;
  const name = integration.functionName(stageVariables);
  return guarded(integration.because, () =>
    environment.backends.invoke({
      ...name,
      ...{ event, requestId, streaming, timeoutInMs: integration.timeoutInMs },
      invocationType: isAsync ? 'Event' : 'RequestResponse',
    }),
  );
}

export function notInvoked({ integration }: Exchange, outcome: FunctionOutcome): Refusal {
  if (outcome.kind === 'refused' && outcome.tooLarge) {
    const { because } = integration;
    throw new Refusal('REQUEST_TOO_LARGE', { reason: outcome.reason, message: 'Request Too Long', because });
  }
  const reason =
    outcome.kind === 'refused'
      ? outcome.reason
      : 'The function streams its answer, which only a proxy with responseTransferMode STREAM takes';
  return misconfigured(reason, integration.because);
}

/** The call of a server or of a service. */
export function httpCall(exchange: Exchange, made: IntegrationRequest): HttpCall {
  const { integration, request, stageVariables, apiId, traceId } = exchange;
  const isProxy = integration.type === 'HTTP_PROXY';
  const path = isProxy ? { ...exchange.pathParameters, ...made.path } : made.path;
  const uri = withStageVariables(filled(integration.uri, path), stageVariables);
  const own: HeaderFields = isProxy
    ? Object.entries(request.headers)
        .filter(([name]) => isProxied(name))
        .flatMap(([name, values]) => values.map((value) => [name, value] as const))
    : [
        ['Accept', 'application/json'],
        ...(bytesOf(made.body).length > 0
          ? [['Content-Type', valueOfHeader(request.headers, 'content-type') ?? request.mediaType] as const]
          : []),
        ['User-Agent', `AmazonAPIGateway_${apiId}`],
      ];
  const query: HeaderFields = isProxy
    ? merged(
        Object.entries(request.query).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
        made.query,
      )
    : made.query;
  const headers: HeaderFields = [
    ...merged(own, made.headers),
    ['x-amzn-apigateway-api-id', apiId],
    ['X-Amzn-Trace-Id', traceId],
  ];
  const method = integration.method === undefined || integration.method === 'ANY' ? request.method : integration.method;
  const isInsecure = integration.source.insecureSkipVerification === true;
  const base = {
    ...{ method, headers, body: bytesOf(made.body), timeoutInMs: integration.timeoutInMs },
    ...(isInsecure ? { tls: { isInsecure } } : {}),
  };
  if (integration.type === 'AWS') return serviceCall(uri, query, base);
  return { ...base, url: withQuery(uri, query) };
}

export const send = (exchange: Exchange, httpRequest: HttpCall): Promise<HttpReply> =>
  sent(exchange.environment.backends, httpRequest, exchange.integration.because);
