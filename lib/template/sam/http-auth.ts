import { ApiDocument, INTEGRATION } from './document';
import { CANNOT_TELL, dict, entriesOf, given, isIntrinsic, isNoValue, type Json, put, text } from './json';
import { IAM_SCHEME, identitySource, lambdaUri } from './rest-auth';
import { at } from '../../lookup/named';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
/** Names of SAM's own, which have no scopes. */
const BUILT_IN = ['NONE', 'AWS_IAM'];

const SOURCES = {
  Headers: '$request.header.',
  QueryStrings: '$request.querystring.',
  StageVariables: '$stageVariables.',
  Context: '$context.',
};

/** The security scheme of `Auth.Authorizers.<name>` of an HTTP API. */
function httpAuthorizer(authorizer: Json): Json {
  const { JwtConfiguration: jwt, FunctionInvokeRole: role } = authorizer;
  if (given(jwt) !== undefined) {
    const configuration = isIntrinsic(jwt)
      ? jwt
      : Object.fromEntries(entriesOf(jwt).map(([key, value]) => [key.toLowerCase(), value]));
    return {
      type: 'oauth2',
      [AUTHORIZER]: { type: 'jwt', jwtConfiguration: configuration, identitySource: authorizer.IdentitySource },
    };
  }
  const identity = dict(authorizer.Identity);
  return {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    [AUTHORIZER]: {
      type: 'request',
      authorizerUri: lambdaUri(authorizer.FunctionArn),
      ...(given(role) !== undefined && role !== 'NONE' && { authorizerCredentials: role }),
      ...(isIntrinsic(authorizer.Identity) && {
        identitySource: CANNOT_TELL,
        authorizerResultTtlInSeconds: CANNOT_TELL,
      }),
      ...(given(identity) && {
        ...(identity?.ReauthorizeEvery !== undefined && { authorizerResultTtlInSeconds: identity.ReauthorizeEvery }),
        identitySource: identitySource(identity as Json, SOURCES) ?? [],
      }),
      authorizerPayloadFormatVersion: authorizer.AuthorizerPayloadFormatVersion,
      ...(given(authorizer.EnableSimpleResponses) !== undefined && {
        enableSimpleResponses: authorizer.EnableSimpleResponses,
      }),
    },
  };
}

/** The authorization in an event's `Auth`. */
export function secureHttpOperation(operation: Json, written: unknown, apiAuth: unknown): void {
  const auth = dict(written) ?? {};
  const api = dict(apiAuth) ?? {};
  const name = given(auth.Authorizer) ?? given(api.DefaultAuthorizer);
  if (isIntrinsic(written) || (isIntrinsic(name) && !isNoValue(name))) {
    operation.security = CANNOT_TELL;
  } else if (typeof name === 'string') {
    const authorizer = BUILT_IN.includes(name) ? undefined : dict(at(dict(api.Authorizers), name));
    const scopes = authorizer && (given(auth.AuthorizationScopes) ?? given(authorizer.AuthorizationScopes));
    ApiDocument.secure(operation, { [name]: scopes ?? [] });
  }
}

/** `Auth` of an HTTP API: its authorizers, and the default of the operations without their own security. */
export function addHttpAuth(document: ApiDocument, written: unknown): void {
  const auth = dict(written) ?? {};
  const { DefaultAuthorizer: byDefault, Authorizers: authorizers } = auth;
  const schemes: [string, Json][] = entriesOf(authorizers).map(([name, value]) => [
    name,
    isIntrinsic(value) ? CANNOT_TELL : httpAuthorizer(dict(value) ?? {}),
  ]);
  if (auth.EnableIamAuthorizer === true) schemes.unshift(['AWS_IAM', IAM_SCHEME]);
  for (const [name, scheme] of schemes) put(document.section('components', 'securitySchemes'), name, scheme);
  const isUnknown = [written, authorizers, auth.EnableIamAuthorizer].some(isIntrinsic);
  if (!isUnknown && (given(byDefault) === undefined || isNoValue(byDefault))) {
    return;
  }
  const scopes = dict(at(dict(authorizers), text(byDefault) ?? ''))?.AuthorizationScopes ?? [];
  for (const path of Object.keys(document.paths)) {
    for (const { verb, operation } of document.operations(path)) {
      if (isUnknown || (text(byDefault) === undefined && given(operation.security) === undefined)) {
        operation.security = CANNOT_TELL;
      } else if (verb !== 'options' && given(operation.security) === undefined) {
        operation.security = [{ [byDefault as string]: scopes }];
      }
    }
  }
}

/** Whether the operation invokes the function itself, and no alias of it. */
export function invokes(operation: Json | undefined, logicalId: string): boolean {
  const uri = dict(operation?.[INTEGRATION])?.uri;
  const pattern = isIntrinsic(uri) ? uri['Fn::Sub'] : undefined;
  return typeof pattern === 'string' && pattern.includes(`\${${logicalId}.Arn}`);
}
