import { type Json } from '../../../lib/serve/json';
import { type CompiledMethod } from '../../../lib/serve/rest/compile';
import { type RestStage } from '../../../lib/serve/rest/stage';
import { apiKeysOf } from '../../../lib/serve/api-keys';
import { type ApiModel } from '../../../lib/template/model/model';
import { type ResourceRef } from '../../../lib/template/model/place';
import { isLiteral } from '../../../lib/template/model/text';
import { isKnown, knownOr } from '../../../lib/template/model/value';
import { type PageApi, type PageKey, type PageRoute } from './contract';
import { type ParameterView } from './wire';

/** A stage that is served, and where. */
export interface ServedStage {
  readonly stage: RestStage;
  readonly url: string;
}

/** What the page shows of a REST API: its stages, and the routes that they share. */
export function describeRest(served: readonly [ServedStage, ...ServedStage[]]): PageApi {
  const [{ stage }] = served;
  const { api, apiId } = stage.options;
  return {
    ...{ id: apiId, kind: 'rest', name: isKnown(api.name) ? api.name : api.location.logicalId },
    stages: served.map(({ stage: { stageName }, url }) => ({ name: stageName, url })),
    routes: stage.methods.map((method) => routeOf(method, stage)),
    apiKeys: keysOf(stage.options.model, api.location),
  };
}

function routeOf(method: CompiledMethod, stage: RestStage): PageRoute {
  const { source, httpMethod, path, authorizationType, apiKeyRequired, required, validatesBody, integration } = method;
  const schema = bodySchema(method, stage);
  return {
    ...{ method: httpMethod, path, apiKeyRequired, authorization: authorizationType, location: source.location },
    validates: [...(validatesBody ? ['body' as const] : []), ...(required.length > 0 ? ['parameters' as const] : [])],
    ...(schema === undefined ? {} : { bodySchema: schema }),
    parameters: parametersOf(method),
    ...(integration ? { integration: integration.type } : {}),
  };
}

/** Those of the path first, and then those that the method declares. */
function parametersOf({ source, path }: CompiledMethod): ParameterView[] {
  const inPath = [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => name);
  const declared = Object.entries(knownOr(source.requestParameters, {})).flatMap(([key, required]) => {
    const [, where, name] = /^method\.request\.(querystring|header)\.(.+)$/.exec(key) ?? [];
    return name === undefined
      ? []
      : [{ in: where as 'querystring' | 'header', name, required: isKnown(required) && required }];
  });
  return [...inPath.map((name) => ({ in: 'path' as const, name, required: true })), ...declared];
}

function bodySchema({ requestModels }: CompiledMethod, { options }: RestStage): Json | undefined {
  const name = requestModels['application/json'] ?? requestModels.$default;
  if (name === undefined) return undefined;
  const wanted = isLiteral(name) ? name : options.environment.text(name);
  const model = options.api.models.find(
    ({ name: given, location }) => (isKnown(given) && given === wanted) || location.logicalId === wanted,
  );
  return model && options.schemaOf(model);
}

/** The keys of the API's usage plans, with the values that they have here. */
export const keysOf = (model: ApiModel, api: ResourceRef): PageKey[] =>
  apiKeysOf(model, api).map(({ id, name, value }) => ({ id, name, value }));
