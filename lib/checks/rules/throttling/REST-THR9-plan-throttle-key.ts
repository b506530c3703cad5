import { HTTP_METHODS } from '../../../facts/names';
import { type ResourceRef, type RestApi } from '../../../template/model/model';
import { isLiteral } from '../../../template/model/text';
import { isKnown, knownOr, type Value } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside, resourceKey } from '../../queries/common';

const KEY = /^(\/[^]*)\/([^/]+)$/;
const METHODS: readonly string[] = HTTP_METHODS;

function faultOf(key: string): string | undefined {
  const [, , method] = KEY.exec(key.startsWith('//') ? key.slice(1) : key) ?? [];
  if (/^[A-Za-z]+ \//.test(key))
    return `write ${key.replace(/^(\w+) (\/[^]*)$/, (_, verb: string, path: string) => `${path}/${verb.toUpperCase()}`)}`;
  if (!key.startsWith('/')) return 'it must begin with "/", e.g. /orders/GET';
  const last = method ?? key.slice(1);
  if (METHODS.includes(last) || last === '*') return undefined;
  return METHODS.includes(last.toUpperCase())
    ? `write the method as ${last.toUpperCase()}`
    : 'it must end in a method, e.g. /orders/GET';
}

/** The keys of the methods of an API; undefined if one of them is not known. */
function keysOf(api: RestApi): Set<string> | undefined {
  if (!api.complete) return undefined;
  const keys = new Set<string>();
  for (const { path, httpMethod } of api.methods) {
    if (!isLiteral(path) || !isKnown(httpMethod)) return undefined;
    keys.add(`${path}/${httpMethod}`).add(`${path === '/' ? '' : path}/${httpMethod}`);
  }
  return keys;
}

/** Neither the method is there, nor ANY, nor is it a wildcard. */
const isMissing = (key: string, known: ReadonlySet<string> | undefined): boolean =>
  known !== undefined &&
  !key.endsWith('/*') &&
  !known.has(key) &&
  !known.has(`${key.slice(0, key.lastIndexOf('/'))}/ANY`);

export const rule: Rule = {
  id: 'REST-THR9',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A usage plan throttles methods by path and method',
  why: 'The key is the path of the resource, a slash, and the method. API Gateway rejects another form; a throttle of a method that does not exist limits nothing.',
  fix: {
    library: 'Set `routes` of the stage in the usage plan, by route key.',
    l2: 'Pass the `method` to `throttle` of `addApiStage(…)`, which writes the key.',
    cloudFormation: 'Write the keys of `Throttle` in `ApiStages` as `/orders/GET` or `/orders/{id}/GET`.',
  },
  link: cloudFormation('properties-apigateway-usageplan-apistage'),
  *check(model) {
    const keysByApi = new Map<string, ReadonlySet<string> | undefined>();
    const apis = new Map(model.restApis.map((api) => [resourceKey(api.location), api]));
    const known = (ref: Value<ResourceRef>): ReadonlySet<string> | undefined => {
      const id = isKnown(ref) ? resourceKey(ref) : '';
      const api = apis.get(id);
      if (api && !keysByApi.has(id)) keysByApi.set(id, keysOf(api));
      return keysByApi.get(id);
    };
    for (const { apiStages, location } of model.usagePlans) {
      for (const [index, stage] of knownOr(apiStages, []).entries()) {
        for (const { key } of stage.throttles) {
          const place = inside(location, 'ApiStages', String(index), 'Throttle', key);
          const fault = faultOf(key);
          if (fault !== undefined) {
            yield { location: place, message: `the usage plan throttles "${key}"; ${fault}` };
          } else if (isMissing(key, known(stage.api))) {
            yield {
              location: place,
              message: `the usage plan throttles "${key}", which is not a method of the API`,
              severity: 'warning',
            };
          }
        }
      }
    }
  },
};
