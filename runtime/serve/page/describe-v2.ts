import { type LocalApi } from '../../../lib/serve/local-api';
import { type ApiModel } from '../../../lib/template/model/model';
import { type V2Route } from '../../../lib/template/model/v2';
import { isKnown, knownOr } from '../../../lib/template/model/value';
import { apiAt } from '../access';
import { type PageApi, type PageRoute } from './contract';
import { keysOf } from './describe';

/** What the page shows of an HTTP or WebSocket API. */
export function describeV2({ kind, apiId, name, location, stages }: LocalApi, model: ApiModel, url: string): PageApi {
  const api = apiAt(model, location);
  const routes = api === undefined || api.kind === 'rest' ? [] : api.routes;
  const base = kind === 'websocket' ? url.replace(/^http/, 'ws') : url;
  return {
    ...{ id: apiId, kind, name },
    stages: stages.map((stage) => ({ name: stage, url: stage === '$default' ? base : `${base}/${stage}` })),
    routes: routes.map((route) => routeOf(route)),
    apiKeys: kind === 'websocket' ? keysOf(model, location) : [],
  };
}

function routeOf(route: V2Route): PageRoute {
  const key = knownOr(route.routeKey, '$default');
  const [, method, path] = /^([A-Z]+) (\/.*)$/s.exec(key) ?? [];
  const integration = isKnown(route.integration) ? route.integration : undefined;
  return {
    ...(method === undefined ? {} : { method }),
    path: path ?? key,
    authorization: knownOr(route.authorizationType, 'NONE'),
    apiKeyRequired: knownOr(route.apiKeyRequired, false),
    parameters: [...(path ?? '').matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => ({
      ...{ in: 'path' as const, name, required: true },
    })),
    ...(integration ? { integration: knownOr(integration.subtype, knownOr(integration.type, 'HTTP_PROXY')) } : {}),
    location: route.location,
  };
}
