import { HTTP_METHODS } from '../facts/names';
import { type Owner, show } from '../authoring/errors';
import { rejectLostNames } from '../document/lost-names';
import * as bound from '../gateway/bound-config';
import { IntegrationType } from '../gateway/integration-context';
import { integrationTimeout } from '../gateway/integration-timeout';
import { checkBackEndUrl } from '../integrations/back-end-url';
import { suggest } from '../lookup/nearest';
import {
  DEFAULT_TEMPLATE,
  DEFAULT_TEMPLATE_EXPRESSION,
  type WebSocketBoundIntegration,
  type WebSocketIntegrationContext,
} from './binding';
import { type WebSocketIntegrationConfig } from './integration-config';
import { renderResponses, sorted } from './integrations/responses';
import { checkTemplate } from './integrations/values';

/**
 * The integration as written to its resource. All integrations pass through here, the library's and custom ones.
 *
 * @throws if the config contradicts itself, or is not valid for API Gateway
 */
export function renderIntegration(
  config: WebSocketIntegrationConfig,
  context: WebSocketIntegrationContext,
): WebSocketBoundIntegration {
  const { owner } = context;
  const { type, sharedAs, clearText: clearTextReason, requestParameters = {} } = config;
  const proxy = bound.isProxy(type);
  checkTarget(config, owner);
  checkConnection(config, owner);
  if (proxy) bound.refuseProps(config, OF_TEMPLATES, `is not for ${type}, which passes on the whole request`, owner);
  const { templates, expression } = templatesOf(config, context);
  checkSharedAs(sharedAs, owner);
  const properties = {
    integrationType: type,
    integrationMethod: type === IntegrationType.MOCK ? undefined : (config.method ?? 'POST'),
    integrationUri: config.uri,
    credentialsArn: config.credentials,
    connectionType: config.connectionId === undefined ? undefined : 'VPC_LINK',
    connectionId: config.connectionId,
    // Nothing bypasses the templates, if there are any.
    passthroughBehavior: proxy ? undefined : templates ? 'NEVER' : 'WHEN_NO_TEMPLATES',
    requestParameters: Object.keys(requestParameters).length > 0 ? requestParameters : undefined,
    requestTemplates: templates,
    templateSelectionExpression: templates && expression,
    timeoutInMillis: integrationTimeout(config.timeout, 'websocket', owner),
  };
  return {
    ...(sharedAs === undefined ? {} : { sharedAs }),
    ...(clearTextReason === undefined ? {} : { clearTextReason }),
    properties,
    more: moreOf(config, properties, owner),
    responses: proxy ? [] : renderResponses(config.responses ?? [], context),
    parameters: parametersOf(config, context),
  };
}

const OF_TEMPLATES = ['requestTemplate', 'requestTemplates', 'templateSelectionExpression', 'responses'];

function templatesOf(config: WebSocketIntegrationConfig, context: WebSocketIntegrationContext) {
  const { requestTemplate, requestTemplates, templateSelectionExpression: expression } = config;
  const { owner } = context;
  if (requestTemplate !== undefined && requestTemplates)
    throw owner.error('has requestTemplate and requestTemplates; give one of the two');
  if ((requestTemplates === undefined) !== (expression === undefined)) {
    throw owner.error(
      'requestTemplates and templateSelectionExpression go together, e.g. "${request.body.kind}"; for one template, write requestTemplate',
    );
  }
  if (expression !== undefined && !/^(\$request\.body\.|[^$]*\$\{request\.body\.)/.test(expression)) {
    throw owner.error(
      `templateSelectionExpression ${show(expression)} must be made of the message, e.g. "\${request.body.kind}"`,
    );
  }
  const templates =
    requestTemplates ?? (requestTemplate === undefined ? undefined : { [DEFAULT_TEMPLATE]: requestTemplate });
  rejectLostNames(templates ?? {}, owner, 'requestTemplates');
  for (const template of Object.values(templates ?? {})) checkTemplate(template, 'the request template', context);
  return { templates: templates && sorted(templates), expression: expression ?? DEFAULT_TEMPLATE_EXPRESSION };
}

const DESTINATION = /^integration\.request\.(header|querystring|path)\.[\w.!#$&*+^`|~:-]+$/;
const SOURCE = /^(route\.request\.(querystring|header|body)(\..+)?|context\.\S+|stageVariables\.\w+|'[^']*')$/;

/** What the integration reads from a request to connect. @throws if the route has no such request */
function parametersOf(config: WebSocketIntegrationConfig, context: WebSocketIntegrationContext): string[] {
  const { owner, route } = context;
  const { uri = '', requestParameters = {}, requestTemplates = {}, requestTemplate = '', responses = [] } = config;
  const read: string[] = [];
  for (const [name, source] of Object.entries(requestParameters)) {
    if (!DESTINATION.test(name))
      throw owner.error(
        `requestParameters has ${show(name)}; write integration.request.header.X, integration.request.querystring.x or integration.request.path.x`,
      );
    if (!source.includes('${Token[') && !SOURCE.test(source))
      throw owner.error(
        `requestParameters: ${name} has the value ${show(source)}; write route.request.header.X, route.request.body.x, context.x, stageVariables.x, or text in single quotes`,
      );
    if (!/^route\.request\.(querystring|header)\./.test(source)) continue;
    if (route.event !== 'connect')
      throw owner.error(`${source} is available only when a client connects; use a part of the message`);
    read.push(source);
  }
  const templates = responses.flatMap(({ template = '', templates: all = {} }) => [template, ...Object.values(all)]);
  const texts = [uri, ...Object.values(requestParameters), requestTemplate, ...Object.values(requestTemplates)];
  bound.useStageVariables([...texts, ...templates], (name) => context.useStageVariable(name));
  return read;
}

function checkTarget(config: WebSocketIntegrationConfig, owner: Owner): void {
  const { type, uri, method, credentials, connectionId } = config;
  if (type === IntegrationType.MOCK) {
    bound.refuseProps(config, ['uri', 'method', 'credentials'], 'MOCK calls no back end; remove it', owner);
    return;
  }
  if (uri === undefined) throw owner.error(`uri is missing; ${type} calls a back end`);
  if (method !== undefined && !(HTTP_METHODS as readonly string[]).includes(method))
    throw owner.error(`method "${method}" is not an HTTP method.${suggest(method, HTTP_METHODS)}`);
  bound.checkCredentials(credentials, owner);
  if (!bound.isHttp(type)) return bound.checkServiceUri(uri, owner);
  if (connectionId === undefined) checkBackEndUrl(uri, 'https://chat.example.com/messages', owner);
}

function checkConnection(config: WebSocketIntegrationConfig, owner: Owner): void {
  const { type, uri = '', connectionId, clearText } = config;
  const names = ['connectionId', 'clearText'];
  if (!bound.isHttp(type)) bound.refuseProps(config, names, `is not for ${type}; use HTTP or HTTP_PROXY`, owner);
  if (connectionId === undefined) bound.refuseProps(config, names, 'requires connectionId; give both', owner);
  bound.checkReason(clearText, 'clearText', owner);
  if (clearText !== undefined && uri.startsWith('https:'))
    throw owner.error('clearText is the reason for a uri with http:, but this one is called with TLS; remove it');
}

/** It becomes a part of a construct's id. */
function checkSharedAs(sharedAs: string | undefined, owner: Owner): void {
  if (sharedAs !== undefined && !/^[^/]+$/.test(sharedAs))
    throw owner.error(`sharedAs ${show(sharedAs)} is a part of an id, and must be a text without "/"`);
}

/** @throws if a property has a name in the config */
function moreOf(config: WebSocketIntegrationConfig, own: object, owner: Owner): Readonly<Record<string, unknown>> {
  const { properties = {} } = config;
  const known = Object.keys(properties).find((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}` in own);
  if (known !== undefined)
    throw owner.error(`properties has "${known}", which the config has a property for; write that`);
  return properties;
}
