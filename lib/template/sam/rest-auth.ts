import { ApiDocument } from './document';
import { CANNOT_TELL, dict, entriesOf, given, isIntrinsic, type Json, list, put, sub, text } from './json';
import { at } from '../../lookup/named';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
/** What SAM writes into the security of an operation that is to have no default. */
const NO_AUTHORIZER = 'NONE';
const NO_API_KEY = 'api_key_false';

export const API_KEY_SCHEME: Json = { type: 'apiKey', name: 'x-api-key', in: 'header' };
export const IAM_SCHEME: Json = {
  'x-amazon-apigateway-authtype': 'awsSigv4',
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
};

export const lambdaUri = (functionArn: unknown): Json =>
  sub(
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations',
    { __FunctionArn__: functionArn },
  );

/** The security scheme of `Auth.Authorizers.<name>` of a REST API. */
export function restAuthorizer(authorizer: Json): Json {
  const { UserPoolArn: pool, FunctionArn: fn, FunctionInvokeRole: role } = authorizer;
  const identity = dict(authorizer.Identity) ?? {};
  const validation = given(identity.ValidationExpression);
  const header = given(identity.Header) ?? 'Authorization';
  const scheme = (name: unknown, authtype: string, extension: Json): Json => ({
    type: 'apiKey',
    name,
    in: 'header',
    'x-amazon-apigateway-authtype': authtype,
    [AUTHORIZER]: extension,
  });
  if (given(pool) !== undefined) {
    return scheme(header, 'cognito_user_pools', {
      type: 'cognito_user_pools',
      providerARNs: Array.isArray(pool) ? (pool as unknown[]) : [pool],
      ...(validation !== undefined && { identityValidationExpression: validation }),
    });
  }
  const isRequest = authorizer.FunctionPayloadType === 'REQUEST';
  const isHidden = isIntrinsic(authorizer.Identity);
  const source = isHidden ? CANNOT_TELL : isRequest ? identitySource(identity, REST_SOURCES) : undefined;
  return scheme(isRequest ? 'Unused' : header, 'custom', {
    type: isRequest ? 'request' : 'token',
    authorizerUri: lambdaUri(fn),
    ...(isHidden && { authorizerResultTtlInSeconds: CANNOT_TELL }),
    ...(identity.ReauthorizeEvery !== undefined && { authorizerResultTtlInSeconds: identity.ReauthorizeEvery }),
    ...(given(role) !== undefined && role !== 'NONE' && { authorizerCredentials: role }),
    ...(source && { identitySource: Array.isArray(source) ? source.join(', ') : source }),
    ...(!isRequest && validation !== undefined && { identityValidationExpression: validation }),
  });
}

const REST_SOURCES = {
  Headers: 'method.request.header.',
  QueryStrings: 'method.request.querystring.',
  StageVariables: 'stageVariables.',
  Context: 'context.',
};

/** Undefined if there is none. */
export function identitySource(
  identity: Json,
  prefixes: Readonly<Record<string, string>>,
): string[] | Json | undefined {
  const found: string[] = [];
  for (const [name, prefix] of Object.entries(prefixes)) {
    if (isIntrinsic(identity[name])) return CANNOT_TELL;
    for (const item of list(identity[name])) {
      if (typeof item !== 'string') return CANNOT_TELL;
      found.push(`${prefix}${item}`);
    }
  }
  return found.length > 0 ? found : undefined;
}

/** The requirement that an event's `Auth` makes: authorizer, scopes, API key. */
export function secureRestOperation(operation: Json, document: ApiDocument, auth: Json, apiAuth: unknown): void {
  const { Authorizer: name, AuthorizationScopes: scopes, ApiKeyRequired: needsKey } = auth;
  if (isIntrinsic(name)) {
    operation.security = CANNOT_TELL;
  } else if (typeof name === 'string' && name !== '') {
    const authorizer = dict(at(dict(dict(apiAuth)?.Authorizers), name));
    ApiDocument.secure(operation, { [name]: authorizer ? (scopes ?? authorizer.AuthorizationScopes ?? []) : [] });
    if (name === 'AWS_IAM') document.section('securityDefinitions')[name] ??= IAM_SCHEME;
  }
  if (isIntrinsic(needsKey)) {
    operation.security = CANNOT_TELL;
  } else if (needsKey !== undefined && needsKey !== null) {
    ApiDocument.secure(operation, { [needsKey ? 'api_key' : NO_API_KEY]: [] });
    if (needsKey) document.section('securityDefinitions').api_key ??= API_KEY_SCHEME;
  }
}

/** `Auth` of a REST API: its authorizers, and what they are for the operations that say nothing themselves. */
export function addRestAuth(document: ApiDocument, written: unknown): void {
  const auth = dict(written) ?? {};
  const { DefaultAuthorizer: byDefault, Authorizers: authorizers } = auth;
  const isUnknown = isIntrinsic(written) || isIntrinsic(authorizers) || isIntrinsic(auth.ApiKeyRequired);
  const needsKey = given(auth.ApiKeyRequired) !== undefined;
  const names = ['AWS_IAM', ...entriesOf(authorizers).map(([name]) => name)];
  const isAsked = given(byDefault) !== undefined && (names.length > 1 || byDefault === 'AWS_IAM');
  if (byDefault === 'AWS_IAM') document.section('securityDefinitions').AWS_IAM = IAM_SCHEME;
  for (const [name, authorizer] of entriesOf(authorizers)) {
    const scheme = isIntrinsic(authorizer) ? CANNOT_TELL : restAuthorizer(dict(authorizer) ?? {});
    put(document.section('securityDefinitions'), name, scheme);
  }
  if (needsKey) document.section('securityDefinitions').api_key ??= API_KEY_SCHEME;
  const scopes = dict(at(dict(authorizers), text(byDefault) ?? ''))?.AuthorizationScopes ?? [];
  for (const path of Object.keys(document.paths)) {
    for (const { verb, operation } of document.operations(path)) {
      if (isUnknown) {
        operation.security = CANNOT_TELL;
        continue;
      }
      if (isAsked && isForPreflight(verb, auth.AddDefaultAuthorizerToCorsPreflight, operation)) {
        setDefaultAuthorizer(operation, byDefault, scopes, names);
      }
      if (needsKey) setDefaultApiKey(operation, verb, auth);
    }
  }
}

/** Whether the default is for the operation too; for a preflight a setting says it. */
function isForPreflight(verb: string, setting: unknown, operation: Json): boolean {
  if (verb !== 'options' || setting === undefined) return true;
  if (isIntrinsic(setting)) operation.security = CANNOT_TELL;
  return Boolean(setting) && !isIntrinsic(setting);
}

function setDefaultAuthorizer(operation: Json, byDefault: unknown, scopes: unknown, names: readonly string[]): void {
  if (operation.security !== undefined && !Array.isArray(operation.security)) return;
  const security = list(operation.security);
  const has = (test: (name: string) => boolean) => security.some((one) => entriesOf(one).some(([name]) => test(name)));
  if (has((name) => name === NO_AUTHORIZER) || has((name) => names.includes(name))) return;
  if (typeof byDefault !== 'string') {
    operation.security = CANNOT_TELL;
  } else {
    ApiDocument.secure(operation, { [byDefault]: scopes });
  }
}

function setDefaultApiKey(operation: Json, verb: string, auth: Json): void {
  if (operation.security !== undefined && !Array.isArray(operation.security)) return;
  const isKey = (one: unknown) => ['api_key', NO_API_KEY].some((name) => Object.hasOwn(dict(one) ?? {}, name));
  const others = list(operation.security).filter((one) => !isKey(one));
  const isLeftOut =
    (verb === 'options' && auth.AddApiKeyRequiredToCorsPreflight === false) ||
    list(operation.security).some((one) => Object.hasOwn(dict(one) ?? {}, NO_API_KEY));
  const security = isLeftOut ? others : [...others, { api_key: [] }];
  if (security.length > 0 || operation.security !== undefined) operation.security = security;
}
