import { HTTP_METHODS } from '../facts/names';
import { type Owner, show } from '../authoring/errors';
import { type Document } from '../document/skeleton';
import * as bound from '../gateway/bound-config';
import { IntegrationType } from '../gateway/integration-context';
import { integrationTimeout } from '../gateway/integration-timeout';
import { checkBackEndUrl } from '../integrations/back-end-url';
import { suggest } from '../lookup/nearest';
import { type BoundHttpIntegration, type HttpIntegrationContext } from './binding';
import { type HttpIntegrationConfig } from './integration-config';
import { variableHint } from './integrations/expression';

/**
 * The integration as written in the document; frozen, since routes with an equal one share it. All integrations pass through
 * here, the library's and custom ones.
 *
 * @throws if the config contradicts itself, or is not valid for API Gateway
 */
export function renderIntegration(
  config: HttpIntegrationConfig,
  context: HttpIntegrationContext,
): BoundHttpIntegration {
  const { owner, route } = context;
  const { type, subtype, uri, integrationName = 'integration', clearText: clearTextReason } = config;
  if (!bound.isProxy(type)) throw owner.error(`type ${type} is not for HTTP APIs; use HTTP_PROXY or AWS_PROXY`);
  checkTarget(config, owner);
  checkConnection(config, owner);
  checkParameters(config, owner);
  const isFunction = type === IntegrationType.AWS_PROXY && subtype === undefined;
  const requestParameters = sorted(config.requestParameters);
  const responseParameters = responsesOf(config);
  const timeoutInMillis = integrationTimeout(config.timeout, 'http', owner);
  const payloadFormatVersion = config.payloadFormatVersion ?? (isFunction ? '2.0' : '1.0');
  const { credentials, connectionId, secureServerName } = config;
  // The order of members is part of what a deployment is a snapshot of.
  const called: Document =
    subtype !== undefined
      ? { integrationSubtype: subtype, credentials, payloadFormatVersion, requestParameters, responseParameters }
      : {
          httpMethod: config.method ?? (isFunction ? 'POST' : route.method),
          uri,
          connectionType: connectionId === undefined ? undefined : 'VPC_LINK',
          connectionId,
          payloadFormatVersion,
          credentials,
        };
  const extension: Document = {
    type: type.toLowerCase(),
    ...called,
    timeoutInMillis,
    tlsConfig: secureServerName === undefined ? undefined : { serverNameToVerify: secureServerName },
    requestParameters,
    responseParameters,
  };
  return {
    name: integrationName,
    ...(clearTextReason === undefined ? {} : { clearTextReason }),
    extension: Object.freeze(bound.withMembers(extension, config.extension, owner)),
  };
}

/** What the integration reads from the request, checked against the route: routes that share one differ in path variables. */
export function checkReads(config: HttpIntegrationConfig, context: HttpIntegrationContext): void {
  const { owner, route } = context;
  const { uri = '', requestParameters = {}, responseParameters = {} } = config;
  const inUri = config.connectionId === undefined && config.type === IntegrationType.HTTP_PROXY ? variablesIn(uri) : [];
  const values = Object.values(requestParameters);
  const mapped = values.flatMap((value) =>
    [...value.matchAll(/\$\{?request\.path\.([\w.$:-]+)/g)].map(([, name]) => name),
  );
  const missing = [...inUri, ...mapped].find((name) => !route.variables.includes(name.replace(/\+$/, '')));
  if (missing !== undefined)
    throw owner.error(
      `reads "{${missing}}", which is not a path variable of the route.${variableHint(missing, context)}`,
    );
  const answers = Object.values(responseParameters).flatMap((each) => Object.values(each));
  bound.useStageVariables([uri, ...values, ...answers], (name) => context.useStageVariable(name));
}

const variablesIn = (uri: string): string[] =>
  [
    ...bound
      .withoutTokens(uri)
      .replace(/\$\{stageVariables\.\w+\}/g, '')
      .matchAll(/\{([^{}]*?)\+?\}/g),
  ].map(([, name]) => name);

function checkTarget(config: HttpIntegrationConfig, owner: Owner): void {
  const { type, subtype, uri, method, credentials, connectionId } = config;
  bound.checkCredentials(credentials, owner);
  if (method !== undefined && !(HTTP_METHODS as readonly string[]).includes(method))
    throw owner.error(`method "${method}" is not an HTTP method.${suggest(method, HTTP_METHODS)}`);
  if (subtype !== undefined) {
    if (type !== IntegrationType.AWS_PROXY) throw owner.error('subtype requires type AWS_PROXY');
    bound.refuseProps(config, ['uri', 'method'], 'cannot be combined with subtype; remove it', owner);
    if (!/^[A-Za-z]+-[A-Za-z]+$/.test(subtype))
      throw owner.error(`subtype ${show(subtype)} must be a service and its action, e.g. "SQS-ReceiveMessage"`);
    if (credentials === undefined)
      throw owner.error('subtype needs credentials: the role that context.grantService returns');
    return;
  }
  if (uri === undefined) throw owner.error(`uri is missing; ${type} calls a back end`);
  if (type === IntegrationType.AWS_PROXY) return bound.checkServiceUri(uri, owner);
  if (connectionId === undefined) checkBackEndUrl(uri, 'https://orders.example.com/v1/{id}', owner);
}

function checkConnection(config: HttpIntegrationConfig, owner: Owner): void {
  const { type, connectionId, secureServerName, clearText } = config;
  const names = ['connectionId', 'secureServerName', 'clearText'];
  if (type !== IntegrationType.HTTP_PROXY)
    bound.refuseProps(config, names, `is not for ${type}; use HTTP_PROXY`, owner);
  if (connectionId === undefined) bound.refuseProps(config, names, 'requires connectionId; give both', owner);
  bound.checkReason(clearText, 'clearText', owner);
  if (clearText !== undefined && secureServerName !== undefined)
    throw owner.error(
      'clearText is the reason to call in plain text, but secureServerName means TLS; remove one of them',
    );
}

const CHANGE = /^((append|overwrite|remove):(header|querystring)\..+|overwrite:(path|statuscode))$/;

function checkParameters(config: HttpIntegrationConfig, owner: Owner): void {
  const { subtype, requestParameters = {}, responseParameters = {} } = config;
  const wrong = subtype === undefined && Object.keys(requestParameters).find((name) => !CHANGE.test(name));
  if (wrong !== false && wrong !== undefined)
    throw owner.error(
      `requestParameters has ${show(wrong)}; write e.g. append:header.X, overwrite:querystring.x, remove:header.X or overwrite:path`,
    );
  for (const [status, changes] of Object.entries(responseParameters)) {
    if (!/^[2-5]\d\d$/.test(status))
      throw owner.error(`responseParameters has ${show(status)}; name status codes of the back end, 200 to 599`);
    const change = Object.keys(changes).find((name) => !CHANGE.test(name));
    if (change !== undefined)
      throw owner.error(
        `responseParameters["${status}"] has ${show(change)}; write e.g. append:header.X or overwrite:statuscode`,
      );
  }
}

function responsesOf({ responseParameters }: HttpIntegrationConfig): Document | undefined {
  const all = Object.entries(responseParameters ?? {}).map(([status, changes]) => [status, sorted(changes)] as const);
  return sorted(Object.fromEntries(all));
}

/** Their order makes no change. */
function sorted<T>(map: Readonly<Record<string, T>> | undefined): Document | undefined {
  if (!map || Object.keys(map).length === 0) return undefined;
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
