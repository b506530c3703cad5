import {
  HTTP_ONLY_PROPERTIES,
  REST_ONLY_PROPERTIES,
  REST_USED_PROPERTIES,
  WEBSOCKET_ONLY_PROPERTIES,
  WEBSOCKET_ONLY_RESOURCES,
} from '../../../facts/features-of-kinds';
import { type GatewayKind, KINDS } from '../../../facts/kinds';
import { at } from '../../../lookup/named';
import { type AnyApi, type ApiModel, type V2Resource } from '../../../template/model/model';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { callsOf, guide, inside, listed, onMethod, resourceKey } from '../../queries/common';
import { v2ApisOf } from '../../queries/v2';
import { httpIntegrationsOf, onIntegration } from '../../queries/v2-integrations';

/** The properties that the kind does not have, and the kind that has them. */
function foreign(resource: V2Resource, kind: GatewayKind): (readonly [name: string, owner: GatewayKind])[] {
  const others = kind === 'http' ? WEBSOCKET_ONLY_PROPERTIES : HTTP_ONLY_PROPERTIES;
  const owner = kind === 'http' ? 'websocket' : 'http';
  const named = (table: Readonly<Record<string, readonly string[]>>): string[] =>
    (at(table, resource.type) ?? []).filter((name) => resource.has(name));
  return [
    ...named(others).map((name) => [name, owner] as const),
    ...[...named(REST_ONLY_PROPERTIES), ...named(REST_USED_PROPERTIES)].map((name) => [name, 'rest'] as const),
  ];
}

function* inResources(model: ApiModel): Iterable<Violation> {
  const kinds = new Map(v2ApisOf(model).map(({ kind, location }) => [resourceKey(location), kind]));
  for (const resource of kinds.size > 0 ? model.v2Resources : []) {
    const { api, type } = resource;
    const kind = isKnown(api) ? kinds.get(resourceKey(api)) : undefined;
    if (kind === undefined) {
      continue;
    }
    if (kind === 'http' && WEBSOCKET_ONLY_RESOURCES.includes(type)) {
      const { location } = resource;
      yield {
        location,
        message: `${location.logicalId} is ${/^[AI]/.test(type) ? 'an' : 'a'} ${type} of an HTTP API; only WebSocket APIs have one`,
      };
    }
    for (const [name, owner] of foreign(resource, kind)) {
      const { location } = resource;
      yield {
        location: inside(location, name),
        message: `${location.logicalId} of ${KINDS[kind].api} has ${name}, which only ${KINDS[owner].name} APIs have`,
        // CloudFormation refuses a property that the resource type does not have.
        ...(at(REST_ONLY_PROPERTIES, type)?.includes(name) && { severity: 'error' as const }),
      };
    }
  }
}

function* inDocuments(model: ApiModel): Iterable<Violation> {
  for (const { kind, ofOtherKinds = [], location } of [...model.restApis, ...model.httpApis] as AnyDocument[]) {
    if (ofOtherKinds.length > 0) {
      yield {
        location: inside(location, 'Body'),
        message: `the document of ${KINDS[kind].api} has ${listed(ofOtherKinds)}, which the kind does not support`,
      };
    }
  }
  for (const { method, integration } of callsOf(model)) {
    const keys = integration.ofOtherKinds ?? [];
    if (keys.length > 0) {
      yield onMethod(method, `has ${listed(keys)}, which only HTTP APIs have`, integration.location);
    }
  }
  for (const use of httpIntegrationsOf(model)) {
    const keys = use.integration.ofOtherKinds ?? [];
    if (keys.length > 0) {
      yield onIntegration(use, `has ${listed(keys)}, which only REST APIs have`);
    }
  }
}

type AnyDocument = Pick<AnyApi, 'kind' | 'location'> & { readonly ofOtherKinds?: readonly string[] };

/** HTTP APIs in usage plans. */
function* inPlans(model: ApiModel): Iterable<Violation> {
  const http = new Set(model.httpApis.map(({ location }) => resourceKey(location)));
  for (const { apiStages, location } of model.usagePlans) {
    for (const { api } of knownOr(apiStages, [])) {
      if (isKnown(api) && http.has(resourceKey(api))) {
        yield {
          location: inside(location, 'ApiStages'),
          message: `${location.logicalId} has a stage of the HTTP API ${api.logicalId}; only REST and WebSocket APIs have usage plans`,
        };
      }
    }
  }
}

export const rule: Rule = {
  id: 'ALL-DEP26',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'An API has only the features of its kind',
  why: 'REST, HTTP and WebSocket APIs share names of properties, but not their features. API Gateway ignores or rejects what another kind has, so the template promises something that does not happen.',
  fix: {
    library: 'Use the gateway of the kind that has the feature: the options of each are checked.',
    l2: 'Use `RestApi`, `HttpApi` or `WebSocketApi`, whichever has the feature, and remove the override.',
    cloudFormation: 'Remove the property or resource, or use the kind of API that has it.',
  },
  link: guide('http-api-vs-rest'),
  *check(model) {
    for (const violation of inResources(model)) {
      yield { severity: 'warning', ...violation };
    }
    // AWS documents which kind has a feature, but not always what happens in another.
    for (const violation of [...inDocuments(model), ...inPlans(model)]) {
      yield { ...violation, severity: 'warning' };
    }
  },
};
