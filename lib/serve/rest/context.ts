import { type RequestContext } from '../context';
import { clfTime } from '../context-values';
import { type Json } from '../json';

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
  /** Undefined if no custom domain led here. */
  readonly customDomain?: { readonly [name: string]: Json };
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
export function contextOf(facts: ContextFacts): RequestContext {
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
    ...(facts.customDomain ? { customDomain: { ...facts.customDomain } } : {}),
    ...(facts.isCanary === undefined ? {} : { isCanaryRequest: facts.isCanary }),
  };
}
