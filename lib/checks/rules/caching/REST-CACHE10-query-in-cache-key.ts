import { type Integration, type Method } from '../../../template/model/model';
import { at } from '../../../lookup/named';
import { isLiteral, outline } from '../../../template/model/text';
import { isKnown, knownOr } from '../../../template/model/value';
import { cachedMethods } from '../../queries/cached-methods';
import { type Rule } from '../../rule';
import { guide, listed, onMethod, pathVariables, stageLabel } from '../../queries/common';

const PROXIES = ['AWS_PROXY', 'HTTP_PROXY'];
const QUERY = /^method\.request\.(?:multivalue)?querystring\.(.+)$/;
/** `$input.params('page')`, or all of them: `$input.params()`; `$input.params().path` has nothing of the query. */
const READ = /\$!?\{?input\.params\((?:'([^']*)'|"([^"]*)")?\)(?!\.(?:path|header)\b)/g;
const ALL = 'all query parameters';

/** The name that a caller uses. */
const bare = (name: string): string => name.replace(/^method\.request\.[a-z]+\./, '');

/** Identity sources distinguish callers; they say nothing about what the back end reads. */
function sourcesOf({ authorizer }: Method): string[] {
  const sources = isKnown(authorizer) ? knownOr(authorizer?.identitySource, '') : '';
  return sources.split(',').map((source) => source.trim());
}

/** The parameters that a template or a mapping passes on, each by its name. */
function passedOn({ requestTemplates, requestParameters }: Integration): (string | undefined)[] {
  const read = Object.values(knownOr(requestTemplates, {})).flatMap((text) => [...outline(text).matchAll(READ)]);
  const mapped = Object.values(knownOr(requestParameters, {}))
    .filter(isLiteral)
    .filter((source) => QUERY.test(source));
  return [...read.map(([, single, double]) => single ?? double), ...mapped.map(bare)];
}

/** What the back end receives of the query and the key lacks. */
function unkeyed(method: Method, integration: Integration): string | undefined {
  const { cacheKeyParameters: keys, requestParameters: mapped } = integration;
  if (!isKnown(keys) || (keys.length > 0 && !isKnown(mapped))) {
    return undefined;
  }
  const keyed = keys.map((key) => outline(at(knownOr(mapped, {}), key) ?? key));
  const callers = sourcesOf(method);
  const hasQuery = keyed.some((name) => QUERY.test(name) && !callers.includes(name));
  // If the key is empty, REST-CACHE3 reports the declared parameters.
  const reported =
    keys.length === 0 ? Object.keys(knownOr(method.requestParameters, {})).filter((name) => QUERY.test(name)) : [];
  if (PROXIES.includes(knownOr(integration.type, ''))) {
    return hasQuery || reported.length > 0 ? undefined : ALL;
  }
  const known = new Set([...pathVariables(method.path), ...[...keyed, ...reported].map(bare)]);
  const missing = passedOn(integration).flatMap((name) => {
    if (name === undefined) return hasQuery ? [] : [ALL];
    return known.has(name) ? [] : [`"${name}"`];
  });
  return missing.length > 0 ? listed([...new Set(missing)]) : undefined;
}

export const rule: Rule = {
  id: 'REST-CACHE10',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The query parameters that a cached back end receives are part of the cache key',
  why:
    'Only parameters that the method declares can be in the key, but a proxy integration passes on all others too: GET /search?q=b gets the response ' +
    'cached for GET /search?q=a.',
  fix: {
    library:
      'List each query parameter that the back end reads in the `request.query` of the route; if it reads none, set ' +
      '`request: { query: {} }`.',
    l2:
      'List each query parameter that the back end reads in `requestParameters` of `addMethod(…)` and in ' +
      '`cacheKeyParameters` of the integration.',
    cloudFormation:
      'List `method.request.querystring.<name>` for each query parameter that the back end reads in ' +
      '`RequestParameters` of the method and in `CacheKeyParameters` of the integration.',
  },
  link: guide('api-gateway-caching'),
  *check(model) {
    for (const { method, integration, stage } of cachedMethods(model)) {
      const given = unkeyed(method, integration);
      if (given !== undefined) {
        yield onMethod(
          method,
          `is cached by ${stageLabel(stage)}, and its back end receives ${given} outside the cache key: requests that differ only in these get the same response`,
          integration.location,
        );
      }
    }
  },
};
