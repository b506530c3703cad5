import { HTTP_METHODS } from '../facts/names';
import { type Owner, show } from '../authoring/errors';
import { type Document } from '../document/skeleton';
import * as bound from '../gateway/bound-config';
import { IntegrationType } from '../gateway/integration-context';
import { integrationTimeout } from '../gateway/integration-timeout';
import { checkBackEndUrl, checkPort } from '../integrations/back-end-url';
import { suggest } from '../lookup/nearest';
import { type RestBoundIntegration, type RestIntegrationContext } from './binding';
import { RestEndpointType } from './endpoint';
import { type RestIntegrationConfig } from './integration-config';
import { renderResponses } from './integrations/custom-responses';
import { RestPassthroughBehavior } from './integrations/response-options';
import { checkTemplateType } from './integrations/service';
import { parameterOf, type RequestParameter } from './request';
import { textOnlyOf } from './text-only';

/**
 * The integration as it is in the document. All integrations pass through here, the library's and custom ones.
 *
 * @throws if the config contradicts itself, or is not valid for API Gateway
 */
export function renderIntegration(
  config: RestIntegrationConfig,
  context: RestIntegrationContext,
): RestBoundIntegration {
  const { owner } = context;
  const { type, streamResponse: streamed = false } = config;
  const proxy = bound.isProxy(type);
  const unstreamed = context.endpointType === RestEndpointType.EDGE ? 'restEdge' : 'rest';
  checkTarget(config, context);
  checkConnection(config, owner);
  if (proxy) bound.refuseProps(config, OF_TEMPLATES, `is not for ${type}, which passes on the whole request`, owner);
  else if (streamed) throw owner.error(`streamResponse is not for ${type}; use AWS_PROXY or HTTP_PROXY`);
  const answers = proxy ? undefined : renderResponses(config.responses ?? [], type === IntegrationType.MOCK, context);
  const extension: Document = {
    ...targetOf(config, context),
    passthroughBehavior: passthroughOf(config)?.toLowerCase(),
    contentHandling: config.contentHandling,
    requestParameters: nonEmpty(config.requestParameters),
    requestTemplates: nonEmpty(config.requestTemplates),
    timeoutInMillis: integrationTimeout(config.timeout, streamed ? 'restStreamed' : unstreamed, owner),
    responseTransferMode: streamed ? 'STREAM' : undefined,
    tlsConfig: config.insecureSkipVerification === undefined ? undefined : { insecureSkipVerification: true },
    responses: answers?.responses,
  };
  const { insecureSkipVerification: unverifiedReason, clearText: clearTextReason } = config;
  return {
    ...(unverifiedReason === undefined ? {} : { unverifiedReason }),
    ...(clearTextReason === undefined ? {} : { clearTextReason }),
    extension: bound.withMembers(extension, config.extension, owner),
    responses: answers?.declared,
    textOnly: [...(answers?.textOnly ?? []), ...textOnlyOf(config)],
  };
}

const OF_TEMPLATES = [
  'passthroughBehavior',
  'requestTemplates',
  'templateParameters',
  'textTemplates',
  'responses',
  'contentHandling',
];

/**
 * The parts of the request that the integration reads, checked against the route: routes that share an integration need not have
 * the same path variables.
 */
export function parametersOf(config: RestIntegrationConfig, context: RestIntegrationContext): RequestParameter[] {
  const { owner, route } = context;
  // As for the functions behind most routes.
  if (readsNothing(config)) return [];
  const read = new Map<string, RequestParameter>();
  const add = (source: string, parameter: RequestParameter): void => {
    if (parameter.in === 'path' && !route.variables.includes(parameter.name))
      throw owner.error(
        `reads ${source}, but the route has no such path variable.${suggest(parameter.name, route.variables)}`,
      );
    if (parameter.in !== 'path') read.set(`${parameter.in} ${parameter.name}`, parameter);
  };
  for (const source of config.templateParameters ?? []) {
    const parameter = parameterOf(source);
    if (!parameter)
      throw owner.error(
        `templateParameters has ${show(source)}; write method.request.header.X or method.request.querystring.x`,
      );
    add(source, parameter);
  }
  for (const [name, source] of Object.entries(config.requestParameters ?? {})) {
    checkMapping(name, source, owner);
    const parameter = parameterOf(source);
    if (parameter) add(source, parameter);
  }
  const { uri = '', requestParameters = {}, requestTemplates = {}, responses = [] } = config;
  const texts = [uri, ...Object.values(requestParameters), ...Object.values(requestTemplates)];
  const templates = responses.flatMap((response) => Object.values(response.templates ?? {}));
  bound.useStageVariables([...texts, ...templates], (name) => context.useStageVariable(name));
  return [...read.values()];
}

const readsNothing = (config: RestIntegrationConfig): boolean =>
  !config.requestParameters &&
  !config.templateParameters &&
  !config.requestTemplates &&
  !config.responses &&
  !config.uri?.includes('stageVariables');

const DESTINATION = /^integration\.request\.(header|querystring|path)\.[\w.!#$&*+^`|~:-]+$/;
const SOURCE =
  /^(method\.request\.(path|(multivalue)?querystring|(multivalue)?header)\..+|method\.request\.body(\..+)?|context\.\S+|stageVariables\.\w+|'[^']*')$/;

function checkMapping(name: string, source: string, owner: Owner): void {
  if (!DESTINATION.test(name))
    throw owner.error(
      `requestParameters has ${show(name)}; write integration.request.header.X, integration.request.querystring.x or integration.request.path.x`,
    );
  if (!source.includes('${Token[') && !SOURCE.test(source))
    throw owner.error(
      `requestParameters: ${name} has the value ${show(source)}; write method.request.header.X, context.x, stageVariables.x, or text in single quotes`,
    );
}

function checkTarget(config: RestIntegrationConfig, { owner }: RestIntegrationContext): void {
  const { type, uri, method, credentials } = config;
  if (type === IntegrationType.MOCK) {
    bound.refuseProps(config, ['uri', 'method', 'credentials'], 'MOCK calls no back end; remove it', owner);
    return;
  }
  if (uri === undefined) throw owner.error(`uri is missing; ${type} calls a back end`);
  if (method !== undefined && !(HTTP_METHODS as readonly string[]).includes(method))
    throw owner.error(`method "${method}" is not an HTTP method.${suggest(method, HTTP_METHODS)}`);
  bound.checkCredentials(credentials, owner);
  if (!bound.isHttp(type)) return bound.checkServiceUri(uri, owner);
  checkBackEndUrl(uri, 'https://orders.example.com/v1/{id}', owner);
  if (config.connectionId === undefined) checkPort(uri, owner);
  const literal = bound.withoutTokens(uri).replace(/\$\{stageVariables\.\w+\}/g, '');
  for (const [, name] of literal.matchAll(/\{([^{}]*?)\+?\}/g)) {
    if (config.requestParameters?.[`integration.request.path.${name}`] === undefined)
      throw owner.error(
        `uri has "{${name}}", which has no value; add requestParameters: { "integration.request.path.${name}": "method.request.path.${name}" }`,
      );
  }
}

function checkConnection(config: RestIntegrationConfig, owner: Owner): void {
  const { type, uri = '', connectionId, insecureSkipVerification, clearText } = config;
  if (!bound.isHttp(type))
    bound.refuseProps(
      config,
      ['connectionId', 'integrationTarget', 'insecureSkipVerification', 'clearText'],
      `is not for ${type}; use HTTP or HTTP_PROXY`,
      owner,
    );
  if (connectionId === undefined)
    bound.refuseProps(config, ['integrationTarget', 'clearText'], 'requires connectionId; give both', owner);
  bound.checkReason(insecureSkipVerification, 'insecureSkipVerification', owner);
  bound.checkReason(clearText, 'clearText', owner);
  if (insecureSkipVerification !== undefined && uri.startsWith('http:'))
    throw owner.error(
      'insecureSkipVerification is about a certificate, but the uri is called in plain text; remove it',
    );
  if (clearText !== undefined && uri.startsWith('https:'))
    throw owner.error('clearText is the reason for a uri with http:, but this one is called with TLS; remove it');
}

/** What API Gateway calls. The order of members is part of the snapshot that a deployment takes. */
function targetOf(config: RestIntegrationConfig, { route }: RestIntegrationContext): Document {
  const { type, uri, credentials, connectionId, integrationTarget } = config;
  if (type === IntegrationType.MOCK) return { type: 'mock' };
  const httpMethod = config.method ?? (bound.isHttp(type) ? route.method : 'POST');
  const called = type === IntegrationType.AWS_PROXY ? { credentials, uri } : { uri, credentials };
  const through = connectionId === undefined ? {} : { connectionType: 'VPC_LINK', connectionId, integrationTarget };
  return { type: type.toLowerCase(), httpMethod, ...called, ...through };
}

function passthroughOf(config: RestIntegrationConfig): RestPassthroughBehavior | undefined {
  if (config.passthroughBehavior !== undefined || bound.isProxy(config.type)) return config.passthroughBehavior;
  return nonEmpty(config.requestTemplates) ? RestPassthroughBehavior.NEVER : RestPassthroughBehavior.WHEN_NO_TEMPLATES;
}

function nonEmpty(map: Readonly<Record<string, string>> | undefined): Document | undefined {
  return map && Object.keys(map).length > 0 ? { ...map } : undefined;
}

/** @throws if a content type is not valid */
export function checkTemplateTypes(config: RestIntegrationConfig, context: RestIntegrationContext): void {
  for (const type of Object.keys(config.requestTemplates ?? {})) checkTemplateType(type, 'requestTemplates', context);
}
