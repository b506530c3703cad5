import { type HttpApi, type V2Authorizer, type V2Integration, type V2Route } from '../model/model';
import { defined, type Json, orNothing } from './json';
import { type Losses } from './losses';
import { DEFAULT_PATH } from './paths';
import { isInBody, type ResourceOperation } from './resources';
import { isKnown, type Value } from '../model/value';
import { put } from '../../lookup/named';

const ANY = 'x-amazon-apigateway-any-method';
const SIGV4 = 'sigv4';

/** The root of the document, without paths and components. */
export function rootOfHttp(api: HttpApi): Json {
  return { info: defined({ description: known(api.description) }), 'x-amazon-apigateway-cors': corsOf(api) };
}

function corsOf({ corsConfiguration }: HttpApi): Json | undefined {
  const cors = known(corsConfiguration);
  return (
    cors &&
    defined({
      allowOrigins: orNothing(known(cors.allowOrigins) ?? []),
      allowMethods: orNothing(known(cors.allowMethods) ?? []),
      allowHeaders: orNothing(known(cors.allowHeaders) ?? []),
      exposeHeaders: orNothing(known(cors.exposeHeaders) ?? []),
      allowCredentials: known(cors.allowCredentials),
      maxAge: known(cors.maxAge),
    })
  );
}

/** The operations of an API, as the model tells them. */
export function operationsOfHttp(api: HttpApi, losses: Losses): ResourceOperation[] {
  return api.routes.flatMap((route) => {
    const { routeKey, httpMethod, path, location } = route;
    if (routeKey === '$default') {
      return [{ path: DEFAULT_PATH, method: ANY, operation: { isDefaultRoute: true, ...operationOf(route) } }];
    }
    if (!isKnown(httpMethod) || path === undefined) {
      losses.add(['paths'], `does not have a route whose key is known only at deployment (${location.logicalId})`);
      return [];
    }
    return [
      {
        path: String(path),
        method: httpMethod === 'ANY' ? ANY : httpMethod.toLowerCase(),
        operation: operationOf(route),
      },
    ];
  });
}

/** Security schemes that the template's resources define; a body has its own, under the names that its operations use. */
export function componentsOfHttp(api: HttpApi): Record<string, Json> {
  const schemes: Json = {};
  for (const { authorizationType, authorizer } of api.routes.filter((route) => !isInBody(route, api))) {
    if (authorizationType === 'AWS_IAM') {
      schemes[SIGV4] = {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      };
    }
    if (isKnown(authorizer)) put(schemes, schemeName(authorizer), schemeOf(authorizer));
  }
  return { securitySchemes: schemes };
}

function operationOf(route: V2Route): Json {
  const integration = known(route.integration);
  return defined({
    operationId: route.operationId,
    security: securityOf(route),
    'x-amazon-apigateway-integration': integration && integrationExtension(integration),
  });
}

function securityOf({ authorizationType, authorizer, scopes }: V2Route): Json[] | undefined {
  if (isKnown(authorizer)) return [{ [schemeName(authorizer)]: known(scopes) ?? [] }];
  return authorizationType === 'AWS_IAM' ? [{ [SIGV4]: [] }] : undefined;
}

function schemeName(authorizer: V2Authorizer): string {
  return (known(authorizer.name) ?? authorizer.key).replace(/[^A-Za-z0-9._-]+/g, '-');
}

function schemeOf(authorizer: V2Authorizer): Json {
  const sources = known(authorizer.identitySource) ?? [];
  const header = /^\$request\.header\.(.+)$/.exec(sources[0] ?? '')?.[1] ?? 'Authorization';
  const { jwt } = authorizer;
  const extension = defined({
    type: known(authorizer.type)?.toLowerCase(),
    identitySource: sources.length > 0 ? sources.join(',') : undefined,
    jwtConfiguration: jwt && defined({ issuer: jwt.issuer, audience: orNothing(known(jwt.audience) ?? []) }),
    authorizerUri: authorizer.uri,
    authorizerCredentials: authorizer.credentials,
    authorizerPayloadFormatVersion: known(authorizer.payloadFormatVersion),
    authorizerResultTtlInSeconds: known(authorizer.resultTtlInSeconds),
    enableSimpleResponses: known(authorizer.enableSimpleResponses),
    identityValidationExpression: known(authorizer.identityValidationExpression),
  });
  return jwt
    ? { type: 'oauth2', flows: {}, 'x-amazon-apigateway-authorizer': extension }
    : { type: 'apiKey', name: header, in: 'header', 'x-amazon-apigateway-authorizer': extension };
}

function integrationExtension(integration: V2Integration): Json {
  const { tls } = integration;
  return defined({
    type: known(integration.type)?.toLowerCase(),
    integrationSubtype: known(integration.subtype),
    httpMethod: known(integration.httpMethod),
    uri: integration.uri,
    payloadFormatVersion: known(integration.payloadFormatVersion),
    credentials: integration.credentials,
    connectionType: known(integration.connectionType),
    connectionId: integration.connectionId,
    requestParameters: orNothing(known(integration.requestParameters) ?? {}),
    responseParameters: orNothing(
      Object.fromEntries(
        Object.entries(known(integration.responseParameters) ?? {}).map(([status, texts]) => [
          status,
          known(texts) ?? {},
        ]),
      ),
    ),
    timeoutInMillis: known(integration.timeoutInMillis),
    tlsConfig: tls && defined({ serverNameToVerify: tls.serverNameToVerify }),
  });
}

function known<T>(value: Value<T> | undefined): T | undefined {
  return isKnown(value) ? value : undefined;
}
