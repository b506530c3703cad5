import { type Integration, type Method } from '../../../template/model';
import { at } from '../../../template/named';
import { isKnown, knownOr } from '../../../template/value';
import { cachedMethods } from '../../cached-methods';
import { type Rule } from '../../rule';
import { guide, listed, onMethod, pathVariables, stageLabel } from '../../support';

const PROXIES = ['AWS_PROXY', 'HTTP_PROXY'];
const QUERY = /^method\.request\.(?:multivalue)?querystring\.(.+)$/;
/** `$input.params('page')`, or all of them: `$input.params()`. */
const READ = /\$!?\{?input\.params\((?:'([^']*)'|"([^"]*)")?\)/g;

/** The names behind the keys, as the method has them. */
const keyedNames = ({ requestParameters: mapped }: Integration, keys: readonly string[]): string[] =>
  keys.map((key) => at(mapped, key) ?? key);

/** What tells callers apart says nothing of what the back end reads. */
function sourcesOf({ authorizer }: Method): string[] {
  const sources = isKnown(authorizer) ? knownOr(authorizer?.identitySource, '') : '';
  return sources.split(',').map((source) => source.trim());
}

/** What the back end is given of the query and the key lacks. */
function unkeyed(method: Method, integration: Integration): string | undefined {
  const { cacheKeyParameters: keys, requestTemplates: templates } = integration;
  if (!isKnown(keys)) {
    return undefined;
  }
  const names = keyedNames(integration, keys);
  const callers = sourcesOf(method);
  const hasQuery = names.some((name) => QUERY.test(name) && !callers.includes(name));
  if (PROXIES.includes(knownOr(integration.type, ''))) {
    // Where nothing at all is keyed, declared parameters are for REST-CACHE3.
    const isTold = keys.length === 0 && Object.keys(method.requestParameters).some((name) => QUERY.test(name));
    return hasQuery || isTold ? undefined : 'all query parameters';
  }
  const known = new Set([...pathVariables(method.path), ...names.map((name) => name.slice(name.lastIndexOf('.') + 1))]);
  const read = Object.values(templates).flatMap((text) => [...text.matchAll(READ)]);
  const missing = new Set(
    read.flatMap(([, single, double]) => {
      const name = single ?? double;
      return name === undefined ? (hasQuery ? [] : ['all query parameters']) : known.has(name) ? [] : [`"${name}"`];
    }),
  );
  return missing.size > 0 ? listed([...missing]) : undefined;
}

export const rule: Rule = {
  id: 'REST-CACHE10',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The query that a cached back end is given is part of the cache key',
  why:
    'Only parameters that the method declares can be in the key, and a proxy integration gives its back end all others too: GET /search?q=b is answered with ' +
    'what GET /search?q=a left there.',
  fix: {
    library:
      'Name each query parameter that the back end reads in `request.query` of the route; where it reads none, say so: ' +
      '`request: { query: {} }`.',
    l2:
      'Name each query parameter that the back end reads in `requestParameters` of `addMethod(…)` and in ' +
      '`cacheKeyParameters` of the integration.',
    cloudFormation:
      'Name `method.request.querystring.<name>` for each query parameter that the back end reads in `RequestParameters` ' +
      'of the method and in `CacheKeyParameters` of the integration.',
  },
  link: guide('api-gateway-caching'),
  *check(model) {
    for (const { method, integration, stage } of cachedMethods(model)) {
      const given = unkeyed(method, integration);
      if (given !== undefined) {
        yield onMethod(
          method,
          `is cached by ${stageLabel(stage)}, and its back end is given ${given} outside of the cache key: requests that differ there have one answer`,
          integration.location,
        );
      }
    }
  },
};
