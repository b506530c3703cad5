import { importedBasePath, isOfDocument } from '../base-path';
import { isKnown, knownOr, type Value } from '../../template/model/value';
import { type Text, type Texts } from '../../template/model/text';
import {
  type Authorizer,
  type Integration,
  type IntegrationResponse,
  type Method,
  type RestApi,
} from '../../template/model/rest';
import { type Location } from '../../template/model/place';
import { type Environment } from '../environment';
import { type FunctionName, functionNamer } from '../function-uri';
import { idOf } from '../ids';
import { type Mapping, mappings } from '../mapping/mapping';
import { MappingTemplate } from '../mapping/templates';
import { patternOf } from '../patterns';

export interface CompiledResponse {
  readonly source: IntegrationResponse;
  /** Undefined for the default. */
  readonly matches?: (text: string) => boolean;
  readonly status: number;
  readonly parameters: readonly Mapping[];
  readonly templates: ReadonlyMap<string, MappingTemplate>;
  readonly contentHandling?: string;
}

export interface CompiledIntegration {
  readonly source: Integration;
  readonly because: readonly Location[];
  readonly type: string;
  readonly method?: string;
  readonly uri: string;
  /** The function that it calls. */
  readonly functionName: (variables: Readonly<Record<string, string>>) => FunctionName;
  readonly parameters: readonly Mapping[];
  readonly templates: ReadonlyMap<string, MappingTemplate>;
  readonly passthrough: string;
  readonly contentHandling?: string;
  readonly timeoutInMs: number;
  readonly streams: boolean;
  readonly responses: readonly CompiledResponse[];
  readonly cacheKeys: readonly string[];
  readonly cacheNamespace?: string;
}

export interface CompiledMethod {
  readonly source: Method;
  readonly because: readonly Location[];
  /** As in the template, `ANY` for all. */
  readonly httpMethod: string;
  readonly path: string;
  readonly resourceId: string;
  readonly authorizationType: string;
  readonly authorizer?: Authorizer;
  readonly scopes: readonly string[];
  readonly apiKeyRequired: boolean;
  /** Required parameters, if the validator of the method checks them: their places and names. */
  readonly required: readonly (readonly [where: string, name: string])[];
  readonly validatesBody: boolean;
  readonly requestModels: Texts;
  readonly integration?: CompiledIntegration;
}

/** The longest that an integration may take if the template does not say. */
const DEFAULT_TIMEOUT_IN_MS = 29_000;

export function compileMethods(api: RestApi, environment: Environment): CompiledMethod[] {
  const basePath = importedBasePath(api);
  return api.methods.map((method) => compileMethod(method, isOfDocument(method.location) ? basePath : '', environment));
}

function compileMethod(method: Method, basePath: string, environment: Environment): CompiledMethod {
  const validator = isKnown(method.validator) ? method.validator : undefined;
  const parameters = knownOr(method.requestParameters, {});
  // The service names missing parameters by place and name: header, path, querystring.
  const required = Object.entries(parameters)
    .filter(([, isRequired]) => isRequired === true)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key]) => /^method\.request\.(\w+)\.(.+)$/.exec(key))
    .flatMap((match) => (match ? [[match[1], match[2]] as const] : []));
  const path = basePath + environment.text(method.path);
  return {
    source: method,
    because: [method.location],
    httpMethod: knownOr(method.httpMethod, 'ANY').toUpperCase(),
    path,
    resourceId: idOf(path),
    authorizationType: knownOr(method.authorizationType, 'NONE'),
    authorizer: isKnown(method.authorizer) ? method.authorizer : undefined,
    scopes: knownOr(method.scopes, []),
    apiKeyRequired: knownOr(method.apiKeyRequired, false),
    required: validator && knownOr(validator.validateParameters, false) ? required : [],
    validatesBody: validator !== undefined && knownOr(validator.validateBody, false),
    requestModels: knownOr(method.requestModels, {}),
    integration: isKnown(method.integration) ? compileIntegration(method.integration, environment) : undefined,
  };
}

function compileIntegration(integration: Integration, environment: Environment): CompiledIntegration {
  const { location } = integration;
  const uri = environment.text(integration.uri ?? '');
  return {
    source: integration,
    because: [location],
    type: knownOr(integration.type, 'MOCK'),
    method: isKnown(integration.httpMethod) ? integration.httpMethod.toUpperCase() : undefined,
    uri,
    functionName: functionNamer(uri, integration.lambda, environment),
    parameters: mappings(integration.requestParameters, /^integration\.request\.(\w+)\.(.+)$/, environment),
    templates: templates(integration.requestTemplates, location, environment),
    passthrough: knownOr(integration.passthroughBehavior, 'WHEN_NO_MATCH').toUpperCase(),
    contentHandling: isKnown(integration.contentHandling) ? integration.contentHandling : undefined,
    timeoutInMs: knownOr(integration.timeoutInMillis, DEFAULT_TIMEOUT_IN_MS),
    streams: knownOr(integration.responseTransferMode, 'BUFFERED') === 'STREAM',
    responses: integration.responses.map((response) => compileResponse(response, environment)),
    cacheKeys: knownOr(integration.cacheKeyParameters, []),
    cacheNamespace: isKnown(integration.cacheNamespace) ? integration.cacheNamespace : undefined,
  };
}

function compileResponse(response: IntegrationResponse, environment: Environment): CompiledResponse {
  const pattern = knownOr(response.selectionPattern, '');
  return {
    source: response,
    matches: pattern === '' || pattern === 'default' ? undefined : patternOf(pattern),
    status: Number(knownOr(response.statusCode, '200')),
    parameters: mappings(response.parameters, /^method\.response\.(\w+)\.(.+)$/, environment),
    templates: templates(response.templates, response.location, environment),
    contentHandling: isKnown(response.contentHandling) ? response.contentHandling : undefined,
  };
}

function templates(
  written: Value<Texts>,
  location: Location,
  environment: Environment,
): ReadonlyMap<string, MappingTemplate> {
  return new Map(
    Object.entries(knownOr(written, {})).map(([type, template]: [string, Text]) => [
      type.toLowerCase(),
      new MappingTemplate(environment.text(template), location),
    ]),
  );
}
