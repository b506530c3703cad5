import { BlockList, isIP } from 'node:net';
import { type Json } from './stacks';

/**
 * What API Gateway makes of a resource policy, an authorizer and a caller, after two pages of AWS and nothing of ours:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html (the flows and Tables A, B)
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */

/** What a policy says: of a caller's own policy, of the policy that a function answers, of the resource policy. */
export type Word = 'Allow' | 'Neither' | 'Deny';
export type Verdict = 'Allow' | 'Deny';
export type Authorization = 'NONE' | 'AWS_IAM' | 'COGNITO_USER_POOLS' | 'CUSTOM';

/** The API's account in all that is evaluated here. */
export const API_ACCOUNT = '111111111111';
const API_ARN = `arn:aws:execute-api:eu-west-1:${API_ACCOUNT}:api`;

/** Who signed a request. */
export interface Identity {
  readonly account: string;
  /** Of a role or user. */
  readonly arn: string;
  readonly organization?: string;
}

export interface Call {
  readonly stage: string;
  readonly method: string;
  /** As the caller wrote it, with a slash in front. */
  readonly path: string;
  readonly sourceIp: string;
  readonly vpc?: string;
  readonly vpcEndpoint?: string;
  /** Undefined where the request is not signed. */
  readonly identity?: Identity;
}

/** What the other side says, beside the resource policy. */
export interface Authorizer {
  readonly authorization: Authorization;
  /** AWS_IAM: the caller's own policies. CUSTOM: the function's answer; undefined for "Unauthorized". COGNITO: `Allow` for a good token. */
  readonly word?: Word;
}

/** Table A: caller and API are of one account. */
export function tableA(own: Word, resource: Word): Verdict {
  if (own === 'Deny' || resource === 'Deny') return 'Deny';
  return own === 'Allow' || resource === 'Allow' ? 'Allow' : 'Deny';
}

/** Table B: the caller is of another account. */
export function tableB(own: Word, resource: Word): Verdict {
  return own === 'Allow' && resource === 'Allow' ? 'Allow' : 'Deny';
}

/** Whether the call reaches the back-end. */
export function verdict(policy: Json, call: Call, { authorization, word }: Authorizer): Verdict {
  const resource = policy === undefined ? undefined : wordOf(policy, call, authorization);
  switch (authorization) {
    case 'NONE':
      return resource === undefined || resource === 'Allow' ? 'Allow' : 'Deny';
    case 'COGNITO_USER_POOLS':
      return word === 'Allow' && (resource === undefined || resource === 'Allow') ? 'Allow' : 'Deny';
    case 'CUSTOM':
      // An explicit denial is looked for before the function is called, and it may throw.
      return word === undefined ? 'Deny' : tableA(word, resource ?? 'Neither');
    case 'AWS_IAM':
      if (!call.identity || word === undefined) return 'Deny';
      return (call.identity.account === API_ACCOUNT ? tableA : tableB)(word, resource ?? 'Neither');
  }
}

/** The word of a resource policy on a call. */
export function wordOf(policy: Json, call: Call, authorization: Authorization): Word {
  const context = contextOf(call, authorization);
  const identity = authorization === 'AWS_IAM' ? call.identity : undefined;
  const matching = listOf(policy.Statement).filter((statement) => {
    const unknown = Object.keys(statement).filter((key) => !KNOWN.includes(key));
    if (unknown.length > 0) throw new Error(`not evaluated: ${unknown.join(', ')}`);
    return (
      listOf(statement.Action).some((action: string) => /^(\*|execute-api:(\*|Invoke))$/i.test(action)) &&
      listOf(statement.Resource).some((resource: string) => isLike(expanded(resource), arnOf(call))) &&
      isPrincipal(statement.Principal, statement.Effect, identity) &&
      Object.entries<Json>(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries<Json>(keys).every(([key, values]) =>
          holds(operator, context[key.toLowerCase()], listOf(values)),
        ),
      )
    );
  });
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'Deny';
  return matching.length > 0 ? 'Allow' : 'Neither';
}

const KNOWN = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

function arnOf({ stage, method, path }: Call): string {
  return `${API_ARN}/${stage}/${method}${path}`;
}

/** `execute-api:/…` is written out when the policy is saved. */
function expanded(resource: string): string {
  return resource.replace(/^execute-api:/, API_ARN);
}

/** Keys that need AuthN are there with the authorization type AWS_IAM only. */
function contextOf(call: Call, authorization: Authorization): Record<string, string | undefined> {
  const identity = authorization === 'AWS_IAM' ? call.identity : undefined;
  return {
    'aws:sourceip': call.sourceIp,
    'aws:sourcevpc': call.vpc,
    'aws:sourcevpce': call.vpcEndpoint,
    'aws:vpcsourceip': call.vpcEndpoint && call.sourceIp,
    'aws:principalarn': identity?.arn,
    'aws:principalaccount': identity?.account,
    'aws:principalorgid': identity?.organization,
  };
}

/**
 * A principal that is an account hands the decision to that account, whose own policies must allow as well; in Table A that
 * is no more than saying nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function isPrincipal(principal: Json, effect: string, identity: Identity | undefined): boolean {
  const names = principal === '*' ? ['*'] : listOf(principal.AWS);
  return names.some((name: string) => {
    if (name === '*') return true;
    const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name) ?? [];
    if (account === undefined) return name === identity?.arn;
    return account === identity?.account && !(effect === 'Allow' && account === API_ACCOUNT);
  });
}

/** A key that is not there fulfils what is negated, and nothing else. */
function holds(operator: string, value: string | undefined, expected: readonly string[]): boolean {
  switch (operator) {
    case 'Null':
      return expected.some((one) => (value === undefined) === (String(one) === 'true'));
    case 'StringEquals':
      return value !== undefined && expected.includes(value);
    case 'StringNotEquals':
      return value === undefined || !expected.includes(value);
    case 'IpAddress':
      return value !== undefined && expected.some((range) => isIn(range, value));
    case 'NotIpAddress':
      return value === undefined || !expected.some((range) => isIn(range, value));
    default:
      throw new Error(`not evaluated: ${operator}`);
  }
}

function isIn(range: string, address: string): boolean {
  const family = (text: string) => (isIP(text) === 6 ? 'ipv6' : 'ipv4');
  const [start, prefix] = range.split('/');
  const list = new BlockList();
  list.addSubnet(start, Number(prefix ?? (isIP(start) === 6 ? 128 : 32)), family(start));
  return list.check(address, family(address));
}

/** `*` is any characters, slashes too; `?` is one. */
function isLike(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}

/** A policy of a template with the values that the deployment gives it. */
export function deployed(value: Json): Json {
  const pseudo: Record<string, string> = { 'AWS::AccountId': API_ACCOUNT, 'AWS::Partition': 'aws' };
  const at = (name: string): string => {
    if (!(name in pseudo)) throw new Error(`not known before the deployment: ${name}`);
    return pseudo[name];
  };
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return at(value.Ref);
  if ('Fn::Sub' in value) return value['Fn::Sub'].replace(/\$\{([^}]+)\}/g, (_: string, name: string) => at(name));
  if ('Fn::Join' in value) return deployed(value['Fn::Join'][1]).join(value['Fn::Join'][0]);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deployed(one)]));
}
