import { type Json, type JsonObject } from '../json';

/** `$context` of a REST API, and `requestContext` of its events. */
export interface RestContext {
  [name: string]: Json | undefined;
  readonly identity: { [name: string]: Json };
  /** Set by an authorizer. */
  authorizer?: { [name: string]: Json };
}

/** What of a request is known before its route is found. */
export interface ContextFacts {
  readonly account: string;
  readonly apiId: string;
  readonly stage: string;
  readonly deploymentId: string;
  readonly domainName: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly fullPath: string;
  readonly sourceIp: string;
  readonly userAgent?: string;
  /** Undefined for stages without a canary. */
  readonly isCanary?: boolean;
}

const IDENTITY = [
  'cognitoIdentityPoolId',
  'accountId',
  'cognitoIdentityId',
  'caller',
  'sourceIp',
  'principalOrgId',
  'accessKey',
  'cognitoAuthenticationType',
  'cognitoAuthenticationProvider',
  'userArn',
  'userAgent',
  'user',
] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
export function contextOf(facts: ContextFacts): RestContext {
  const identity: { [name: string]: Json } = Object.fromEntries(IDENTITY.map((name) => [name, null]));
  identity.sourceIp = facts.sourceIp;
  identity.userAgent = facts.userAgent ?? null;
  return {
    accountId: facts.account,
    apiId: facts.apiId,
    deploymentId: facts.deploymentId,
    domainName: facts.domainName,
    domainPrefix: facts.domainName.split('.')[0],
    extendedRequestId: facts.extendedRequestId,
    httpMethod: facts.method,
    identity,
    path: facts.fullPath,
    protocol: 'HTTP/1.1',
    requestId: facts.requestId,
    requestTime: clfTime(facts.at),
    requestTimeEpoch: facts.at,
    stage: facts.stage,
    ...(facts.isCanary === undefined ? {} : { isCanaryRequest: facts.isCanary }),
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As the Common Log Format writes times: `30/Nov/2026:12:00:00 +0000`. */
export function clfTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time} +0000`;
}

/** A value of the context by its name with dots, as texts write it; undefined if there is none. */
export function contextValue(context: RestContext, name: string): string | undefined {
  let value: Json | undefined = context as Json;
  for (const key of name.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, key)) {
      return undefined;
    }
    value = (value as JsonObject)[key];
  }
  if (value === null || value === undefined) return undefined;
  return typeof value === 'object' ? undefined : String(value);
}
