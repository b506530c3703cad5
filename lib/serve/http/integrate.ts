import { REQUIRED_SERVICE_PARAMETERS } from '../../facts/http-integrations';
import { sent } from '../calls';
import { type Environment } from '../environment';
import { type HeaderFields, whole } from '../exchange';
import { functionCall } from '../function-uri';
import { guarded } from '../guarded';
import { parsedJson } from '../json';
import { type Told } from '../recorder';
import { misconfigured, Refusal } from '../refusal';
import { backEndUrl } from './back-end-url';
import { changedRequest } from './changes';
import { type CompiledIntegration } from './compile';
import { type EventSources, proxyEvent } from './events';
import { type Sources, valueOf } from './expressions';
import { functionAnswer, type WholeAnswer } from './function-answer';
import { type HttpRequest } from './request';
import { serviceRequest } from './services';

/** A request whose route is found, on its way to the back end. */
export interface Exchange extends EventSources {
  readonly environment: Environment;
  readonly integration: CompiledIntegration;
  readonly sources: Sources;
}

type Tell = (told: Told) => void;

/** Calls the back end of a route. @throws Refusal */
export async function integrate(exchange: Exchange, tell: Tell): Promise<WholeAnswer> {
  const { integration } = exchange;
  if (integration.subtype !== undefined) return callService(exchange, integration.subtype, tell);
  return integration.type === 'AWS_PROXY' ? callFunction(exchange, tell) : callServer(exchange, tell);
}

async function callFunction(exchange: Exchange, tell: Tell): Promise<WholeAnswer> {
  const { environment, integration, sources, stageVariables, context } = exchange;
  const because = [integration.source.location];
  const { request, path } = changedRequest(integration.requestChanges, sources, because);
  const moved = path === undefined ? request : { ...request, rawPath: path, fullPath: path };
  const event = proxyEvent({ ...exchange, request: moved }, integration.format);
  tell({ input: event, because });
  const name = functionCall(integration.uri, integration.source.lambda, environment, stageVariables);
  const { timeoutInMs, format } = integration;
  const call = { ...name, event, requestId: context.requestId, timeoutInMs };
  const outcome = await guarded(because, () => environment.backends.invoke(call));
  if (outcome.kind === 'refused') {
    if (outcome.tooLarge) throw new Refusal('REQUEST_TOO_LARGE', { reason: outcome.reason, because });
    throw misconfigured(outcome.reason, because);
  }
  if (outcome.kind === 'stream')
    throw misconfigured('The function streams its answer, which HTTP APIs do not take', because);
  if (outcome.kind === 'error') throw misconfigured(`The function failed: ${outcome.payload.slice(0, 500)}`, because);
  tell({ output: parsedJson(outcome.payload) });
  const answer = functionAnswer(outcome.payload, format);
  if (typeof answer === 'string') throw misconfigured(answer, because);
  tell({ note: `Status ${answer.status}, by format ${format}` });
  return answer;
}

async function callServer(exchange: Exchange, tell: Tell): Promise<WholeAnswer> {
  const { environment, integration, sources, context } = exchange;
  const because = [integration.source.location];
  const { request, path } = changedRequest(integration.requestChanges, sources, because);
  const url = backEndUrl(integration, { ...sources, request }, path);
  const call = {
    method: integration.method ?? request.method,
    url,
    headers: forwarded(request, exchange, integration.serverName),
    body: request.body,
    timeoutInMs: integration.timeoutInMs,
    ...(integration.serverName === undefined ? {} : { tls: { serverName: integration.serverName } }),
  };
  tell({ input: { method: call.method, url, headers: call.headers }, because });
  const reply = await sent(environment.backends, call, because);
  tell({ note: `The back end returns ${reply.status} to ${context.routeKey}` });
  return {
    status: reply.status,
    headers: returned(reply.headers),
    body: await guarded(because, () => whole(reply.body)),
  };
}

/** Headers that a back end gets, or does not, whatever the client sent. */
const NOT_FORWARDED: ReadonlySet<string> = new Set(['content-length', 'host', 'x-forwarded-port', 'x-forwarded-proto']);

function forwarded({ headers, sourceIp }: HttpRequest, exchange: Exchange, serverName?: string): HeaderFields {
  const { domainName } = exchange.context;
  // A signature is for the gateway only.
  const isSigned = exchange.identity?.kind === 'iam';
  const sent = Object.entries(headers)
    .filter(([name]) => !NOT_FORWARDED.has(name) && !(isSigned && name === 'authorization'))
    .flatMap(([name, values]) => values.map((value) => [name, value] as const));
  return [
    ...sent,
    ...(serverName === undefined ? [] : [['host', serverName] as const]),
    ['forwarded', `by=127.0.0.1;for=${sourceIp};host=${domainName};proto=https`],
    ['via', 'HTTP/1.1 AmazonAPIGateway'],
  ];
}

/** Headers of a back end that end at the gateway. */
const NOT_RETURNED =
  /^(connection|content-length|keep-alive|proxy-authenticate|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i;

const returned = (headers: HeaderFields): HeaderFields => headers.filter(([name]) => !NOT_RETURNED.test(name));

async function callService(exchange: Exchange, subtype: string, tell: Tell): Promise<WholeAnswer> {
  const { environment, integration, sources } = exchange;
  const because = [integration.source.location];
  const parameters = parametersOf(exchange, subtype);
  const made = serviceRequest(subtype, parameters, environment.region);
  if (!made) throw misconfigured(`There is no integration subtype ${subtype}`, because);
  tell({ input: { subtype, parameters, url: made.url }, because });
  const { timeoutInMs } = integration;
  const reply = await sent(environment.backends, { ...made, timeoutInMs }, because);
  const body = await guarded(because, () => whole(reply.body));
  tell({ note: `The service returns ${reply.status}`, output: Buffer.from(body).toString('utf8') });
  if (reply.status < 400) return { status: reply.status, headers: returned(reply.headers), body };
  // Clients see no errors of services.
  const message = { message: 'Internal Server Error' };
  tell({ note: `The service returns ${reply.status}, which ${sources.context.routeKey} turns into a 500` });
  return {
    status: 500,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify(message), 'utf8'),
  };
}

/** A value that a request does not have is a 400, as LocalStack's tests recorded it from AWS. @throws Refusal */
function parametersOf({ integration, sources }: Exchange, subtype: string): Record<string, string> {
  const because = [integration.source.location];
  const entries = Object.entries(integration.parameters).map(([name, expression]) => {
    const value = valueOf(expression, sources);
    if (value === undefined || (value === '' && expression !== '')) {
      throw new Refusal('BAD_REQUEST_PARAMETERS', { reason: `${name}: the request has no ${expression}`, because });
    }
    return [name, value] as const;
  });
  const names = new Set(entries.map(([name]) => name));
  const missing = (REQUIRED_SERVICE_PARAMETERS[subtype] ?? []).filter((name) => !names.has(name));
  if (missing.length > 0) throw misconfigured(`${subtype} requires ${missing.join(', ')}`, because);
  return Object.fromEntries(entries);
}
