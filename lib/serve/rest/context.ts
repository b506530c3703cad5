import { type RequestContext } from '../context';
import { clfTime } from '../context-values';
import { type Json } from '../json';

/** The part of a request that is known before its route is found. */
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

const ANONYMOUS = {
  cognitoIdentityPoolId: null,
  accountId: null,
  cognitoIdentityId: null,
  caller: null,
  sourceIp: null,
  principalOrgId: null,
  accessKey: null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: null,
  userAgent: null,
  user: null,
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
export function contextOf(facts: ContextFacts): RequestContext {
  const identity: { [name: string]: Json } = {
    ...ANONYMOUS,
    sourceIp: facts.sourceIp,
    userAgent: facts.userAgent ?? null,
  };
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
