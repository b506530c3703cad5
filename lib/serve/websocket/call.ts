import { type HttpCall } from '../backends';
import { isProxied, settable } from '../call-headers';
import { filled, sent, withQuery } from '../calls';
import { bytesOf } from '../content';
import {
  ACCEPTED,
  customEvent,
  functionAnswer,
  type IntegrationAnswer,
  isAsynchronous,
  mockAnswer,
} from '../custom-back-ends';
import { type HeaderFields, merged, whole } from '../exchange';
import { readFunctionAnswer } from '../function-answer';
import { guarded } from '../guarded';
import { functionCall, withStageVariables } from '../function-uri';
import { type FunctionOutcome } from '../functions';
import { type Json, parsedJson } from '../json';
import { collected, type MultiValues } from '../multi-values';
import { type Told } from '../recorder';
import { misconfigured, Refusal } from '../refusal';
import { isFunction, serviceCall } from '../service';
import { proxyEvent } from './events';
import { eventSources, type Exchange, type RouteAnswer } from './exchange';
import { type IntegrationRequest } from './integration-request';

const lower = (name: string): string => name.toLowerCase();

/** Calls a proxied function; the body that it returns goes to the client. @throws Refusal */
export async function proxyFunction(exchange: Exchange, tell: (told: Told) => void): Promise<RouteAnswer> {
  const because = [exchange.integration.source.location];
  const event = proxyEvent(eventSources(exchange));
  tell({ input: event, because });
  const outcome = await invoke(exchange, event);
  const failed = (reason: string): Refusal =>
    new Refusal('DEFAULT_5XX', { reason, message: 'Internal server error', status: 502, because });
  if (outcome.kind === 'error') {
    tell({ output: parsedJson(outcome.payload) });
    throw failed(`The function failed: ${outcome.payload.slice(0, 500)}`);
  }
  if (outcome.kind !== 'answer') throw notInvoked(exchange, outcome);
  const value = parsedJson(outcome.payload);
  tell({ output: value });
  const answer = readFunctionAnswer(value);
  if (typeof answer === 'string') throw failed(answer);
  tell({ note: `Status ${answer.status}` });
  return { status: answer.status, headers: collected(answer.headers, lower), text: answer.body };
}

/** Calls a back end that is not a proxied function. @throws Refusal */
export async function call(exchange: Exchange, made: IntegrationRequest): Promise<IntegrationAnswer> {
  const { integration, stage } = exchange;
  if (integration.type === 'MOCK') return mock(exchange, made);
  if (integration.type === 'AWS' && isFunction(integration)) return callFunction(exchange, made);
  const because = [integration.source.location];
  const reply = await sent(stage.options.environment.backends, httpCall(exchange, made), because);
  const body = await whole(reply.body);
  return { status: reply.status, headers: collected(reply.headers, lower), body, selector: String(reply.status) };
}

function mock({ integration }: Exchange, { body }: IntegrationRequest): IntegrationAnswer {
  // A mock without any template only accepts.
  const text = integration.templates.size === 0 ? '{"statusCode": 200}' : 'text' in body ? body.text : '';
  return mockAnswer(text, [integration.source.location]);
}

async function callFunction(exchange: Exchange, { body, headers }: IntegrationRequest): Promise<IntegrationAnswer> {
  const event = customEvent(body, 'Bad request body', [exchange.integration.source.location]);
  const isAsync = isAsynchronous(headers);
  const outcome = await invoke(exchange, event, isAsync);
  if (isAsync) return ACCEPTED;
  if (outcome.kind !== 'answer' && outcome.kind !== 'error') throw notInvoked(exchange, outcome);
  return functionAnswer(outcome);
}

async function invoke(exchange: Exchange, event: Json, isAsync = false): Promise<FunctionOutcome> {
  const { integration, requestId, stage } = exchange;
  const { environment, stageVariables } = stage.options;
  const name = functionCall(integration.uri, integration.source.lambda, environment, stageVariables);
  return guarded([integration.source.location], () =>
    environment.backends.invoke({
      ...{ ...name, event, requestId, timeoutInMs: integration.timeoutInMs },
      invocationType: isAsync ? 'Event' : 'RequestResponse',
    }),
  );
}

function notInvoked({ integration }: Exchange, outcome: FunctionOutcome): Refusal {
  const reason =
    outcome.kind === 'refused' ? outcome.reason : 'The function streams its answer, which no WebSocket API takes';
  return misconfigured(reason, [integration.source.location]);
}

function httpCall(exchange: Exchange, made: IntegrationRequest): HttpCall {
  const { integration, stage, traceId } = exchange;
  const { apiId, stageVariables } = stage.options;
  const isProxy = integration.type === 'HTTP_PROXY';
  const uri = withStageVariables(filled(integration.uri, made.path), stageVariables);
  const body = bytesOf(made.body);
  const query = isProxy ? merged(fieldsOf(exchange.query), made.query) : made.query;
  const own: HeaderFields = [
    ...(isProxy ? fieldsOf(exchange.headers).filter(([name]) => isProxied(name) && !isOfHandshake(name)) : []),
    ...(isProxy ? [] : [['Accept', 'application/json'] as const]),
    ...(body.length > 0 ? [['Content-Type', 'application/json'] as const] : []),
    ['User-Agent', `AmazonAPIGateway_${apiId}`],
  ];
  const headers: HeaderFields = [
    ...merged(own, settable(made.headers)),
    ['x-amzn-apigateway-api-id', apiId],
    ['X-Amzn-Trace-Id', traceId],
  ];
  const method = integration.method === undefined || integration.method === 'ANY' ? 'POST' : integration.method;
  const base = { method, headers, body, timeoutInMs: integration.timeoutInMs };
  return integration.type === 'AWS' ? serviceCall(uri, query, base) : { ...base, url: withQuery(uri, query) };
}

const isOfHandshake = (name: string): boolean => /^(sec-websocket-.*|user-agent)$/i.test(name);

const fieldsOf = (values: MultiValues): HeaderFields =>
  Object.entries(values).flatMap(([name, all]) => all.map((value) => [name, value] as const));
