import { clfTime } from '../context-values';
import { type Json, type JsonObject } from '../json';
import { type HttpRequest } from './request';

/** `$context` of an HTTP API, but for what only access logs know. */
export interface HttpContext {
  [name: string]: Json | undefined;
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly requestId: string;
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  readonly protocol: string;
  readonly stage: string;
  routeKey: string;
  identity: JsonObject;
  /** Set by an authorizer. */
  authorizer?: JsonObject;
}

export interface ContextFacts {
  readonly account: string;
  readonly apiId: string;
  readonly stage: string;
  readonly domainName: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Undefined if no custom domain led here. */
  readonly customDomain?: JsonObject;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
export function contextOf(facts: ContextFacts, request: HttpRequest): HttpContext {
  return {
    accountId: facts.account,
    apiId: facts.apiId,
    domainName: facts.domainName,
    domainPrefix: facts.domainName.split('.')[0],
    extendedRequestId: facts.requestId,
    httpMethod: request.method,
    identity: { sourceIp: request.sourceIp, userAgent: userAgentOf(request) },
    path: request.fullPath,
    protocol: 'HTTP/1.1',
    requestId: facts.requestId,
    requestTime: clfTime(facts.at),
    requestTimeEpoch: facts.at,
    routeKey: '',
    stage: facts.stage,
    ...(facts.customDomain ? { customDomain: { ...facts.customDomain } } : {}),
  };
}

export const userAgentOf = ({ headers }: HttpRequest): string =>
  Object.hasOwn(headers, 'user-agent') ? headers['user-agent'].join(',') : '';
