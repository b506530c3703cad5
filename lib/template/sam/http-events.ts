import { type ApiDraft } from './apis';
import { ANY, INTEGRATION, verbOf } from './document';
import { type ApiEvent, inEvent, permit, repeat, type Target } from './events';
import { type Expansion } from './expansion';
import { dict, given, type Json, list, text } from './json';
import { invokes, secureHttpOperation } from './http-auth';
import { earlierAt, invocationUri, placeOperation, restArn } from './rest-events';

const DEFAULT_PATH = '$default';

/** The route of an event; without path and method the default one. */
export function routeOfHttp({ properties }: ApiEvent): { path: string; method: string } | undefined {
  const path = given(properties.Path);
  const method = given(properties.Method);
  if (path === undefined && method === undefined) {
    return { path: DEFAULT_PATH, method: ANY };
  }
  return typeof path === 'string' && typeof method === 'string' ? { path, method } : undefined;
}

/** The route that an event adds to an HTTP API, and the permission to call the function. */
export function addHttpEvent(expansion: Expansion, event: ApiEvent, api: ApiDraft, target: Target): void {
  const route = routeOfHttp(event);
  if (!route) {
    return;
  }
  const { path, method } = route;
  const { document, resource } = api;
  const { logicalId } = event.owner;
  const isDefault = path === DEFAULT_PATH;
  // The permission for the default route is one for all routes of the function.
  if (isDefault || !document || !invokes(document.operation(DEFAULT_PATH, ANY), logicalId)) {
    const arn = restArn(resource.logicalId, `\${__Stage__}${inArn(path, method)}`, { __Stage__: '*' });
    permit(expansion, `${logicalId}${event.name}Permission`, event, target, arn);
  }
  if (!document) {
    return;
  }
  const verb = verbOf(method);
  const added = document.addOperation(path, verb);
  if (added) {
    added[INTEGRATION] = {
      type: 'aws_proxy',
      httpMethod: 'POST',
      payloadFormatVersion: '2.0',
      uri: invocationUri(target),
    };
    if (isDefault && verb === ANY) added.isDefaultRoute = true;
    added.responses ??= {};
    placeOperation(expansion, event, api, ['paths', path, verb]);
    placeOperation(expansion, event, api, ['paths', `/${path}`, verb]);
  } else if (api.isManaged) {
    repeat(expansion, event, 'http', verb, path, earlierAt(expansion, api, ['paths', path, verb]));
  }
  const operation = document.operation(path, verb);
  if (operation) complete(operation, event, api, path);
}

function complete(operation: Json, { properties }: ApiEvent, api: ApiDraft, path: string): void {
  const { Auth: auth, TimeoutInMillis: timeout, PayloadFormatVersion: version } = properties;
  const integration = dict(operation[INTEGRATION]) ?? {};
  if (given(auth) !== undefined) secureHttpOperation(operation, auth, api.resource.properties.Auth);
  if (given(timeout) !== undefined) integration.timeoutInMillis = timeout;
  if (given(version) !== undefined) integration.payloadFormatVersion = version;
  const names = [...path.matchAll(/\{([^{}\n]*)\}/g)].map(([, name]) => name);
  const others = list(operation.parameters).filter((one) => !names.includes(text(dict(one)?.name) ?? ''));
  if (names.length > 0) {
    operation.parameters = [...others, ...names.map((name) => ({ name, in: 'path', required: true }))];
  }
}

/** As SAM writes it: of greedy variables `{proxy+}` alone becomes `*`. */
function inArn(path: string, method: string): string {
  const at = path.replace(/^(.+)\/$/, '$1').replace(/\{([A-Za-z0-9._-]+|proxy\+)\}/g, '*');
  if (method.toLowerCase() === 'any' && at === `/${DEFAULT_PATH}`) {
    return at;
  }
  return `/${verbOf(method) === ANY ? '*' : method.toUpperCase()}${at === DEFAULT_PATH ? '' : at}`;
}

/** `RouteSettings` of an event are those of the API for that route. */
export function addRouteSettings(expansion: Expansion, event: ApiEvent, { resource }: ApiDraft, stage: string): void {
  const route = routeOfHttp(event);
  const settings = event.properties.RouteSettings;
  const all = resource.properties.RouteSettings ?? {};
  if (!route || settings === undefined || !dict(all)) {
    return;
  }
  const key = route.method === ANY ? route.path : `${route.method.toUpperCase()} ${route.path}`;
  const known = dict((all as Json)[key]) ?? {};
  const merged = dict(settings) ? { ...known, ...(settings as Json) } : settings;
  resource.properties.RouteSettings = { ...(all as Json), [key]: merged };
  expansion.written.add(stage, ['Properties', 'RouteSettings', key], inEvent(event, 'RouteSettings'));
}
