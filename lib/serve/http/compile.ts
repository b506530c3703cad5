import { isKnown, knownOr, type Value } from '../../template/model/value';
import { type Texts } from '../../template/model/text';
import { type HttpApi, type V2Authorizer, type V2Integration, type V2Route } from '../../template/model/v2';
import { HTTP_INTEGRATION_TIMEOUT_MAX_MS } from '../../facts/quotas';
import { importedBasePath, isOfDocument } from '../base-path';
import { type Environment } from '../environment';
import { type Change, changesOf } from './changes';

export interface CompiledIntegration {
  readonly source: V2Integration;
  readonly type: string;
  /** `SQS-SendMessage`. */
  readonly subtype?: string;
  /** Undefined if the method of the request is kept. */
  readonly method?: string;
  readonly uri: string;
  /** `1.0` or `2.0`. */
  readonly format: string;
  readonly timeoutInMs: number;
  readonly isPrivate: boolean;
  readonly hasTls: boolean;
  readonly serverName?: string;
  /** Of a service: its parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly requestChanges: readonly Change[];
  /** By status. */
  readonly responseChanges: ReadonlyMap<string, readonly Change[]>;
}

export interface CompiledRoute {
  readonly source: V2Route;
  readonly routeKey: string;
  /** Undefined for `$default`. */
  readonly method?: string;
  readonly path?: string;
  readonly authorizationType: string;
  readonly authorizer?: V2Authorizer;
  readonly scopes: readonly string[];
  readonly integration?: CompiledIntegration;
}

/** The routes whose keys are known. */
export function compileRoutes(api: HttpApi, environment: Environment): CompiledRoute[] {
  const basePath = importedBasePath(api);
  return api.routes.flatMap((route) => {
    if (!isKnown(route.routeKey)) return [];
    const prefix = isOfDocument(route.location) ? basePath : '';
    return [compileRoute(route, route.routeKey.replace(/ \//, ` ${prefix}/`), environment)];
  });
}

function compileRoute(route: V2Route, routeKey: string, environment: Environment): CompiledRoute {
  const [method, path] = routeKey === '$default' ? [] : routeKey.split(/ +/);
  const authorizer = isKnown(route.authorizer) ? route.authorizer : undefined;
  const implied = authorizer === undefined ? 'NONE' : knownOr(authorizer.type, 'CUSTOM') === 'JWT' ? 'JWT' : 'CUSTOM';
  return {
    source: route,
    routeKey,
    ...(method === undefined ? {} : { method: method.toUpperCase(), path }),
    authorizationType: knownOr(route.authorizationType, implied).toUpperCase(),
    authorizer,
    scopes: knownOr(route.scopes, []),
    ...(isKnown(route.integration) ? { integration: compileIntegration(route.integration, environment) } : {}),
  };
}

function compileIntegration(integration: V2Integration, environment: Environment): CompiledIntegration {
  const method = isKnown(integration.httpMethod) ? integration.httpMethod.toUpperCase() : 'ANY';
  const subtype = isKnown(integration.subtype) ? integration.subtype : undefined;
  const parameters = texts(integration.requestParameters, environment);
  const serverName = integration.tls?.serverNameToVerify;
  return {
    source: integration,
    type: knownOr(integration.type, 'HTTP_PROXY').toUpperCase(),
    ...(subtype === undefined ? {} : { subtype }),
    ...(method === 'ANY' ? {} : { method }),
    uri: environment.text(integration.uri ?? ''),
    format: knownOr(integration.payloadFormatVersion, '2.0'),
    timeoutInMs: knownOr(integration.timeoutInMillis, HTTP_INTEGRATION_TIMEOUT_MAX_MS),
    isPrivate: knownOr(integration.connectionType, 'INTERNET').toUpperCase() === 'VPC_LINK',
    hasTls: integration.tls !== undefined,
    ...(serverName === undefined ? {} : { serverName: environment.text(serverName) }),
    parameters: subtype === undefined ? {} : parameters,
    requestChanges: subtype === undefined ? changesOf(parameters) : [],
    responseChanges: new Map(
      Object.entries(knownOr(integration.responseParameters, {})).map(([status, written]) => [
        status,
        changesOf(texts(written, environment)),
      ]),
    ),
  };
}

const texts = (written: Value<Texts>, environment: Environment): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(knownOr(written, {})).map(([name, text]) => [name, environment.text(text)]));
