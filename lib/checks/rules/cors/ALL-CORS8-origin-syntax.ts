import { type Location, type RestApi } from '../../../template/model/model';
import { type Texts } from '../../../template/model/text';
import { isKnown, knownOr, type Value } from '../../../template/model/value';
import { isAnyOrigin, isBelowName } from '../../queries/cors-origins';
import { type Rule } from '../../rule';
import { guide, headerValue } from '../../queries/common';

/** Browsers treat these as safe without TLS. */
const LOCAL = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;
const ORIGIN = /^([a-z][a-z0-9+.-]*):\/\/([^/:?#,\s]+|\[[0-9a-f:]+\])(:\d+)?$/i;

/** The origin that a mapping of a REST API writes out; undefined for another expression. */
const literal = (expression: string): string | undefined => /^'(.*)'$/s.exec(expression)?.[1];

/** The error of a literal origin; undefined for a correct one, a wildcard and an unknown value. */
function problem(origin: string, kind: 'rest' | 'http'): string | undefined {
  if (origin === '*' || (kind === 'http' && isAnyOrigin(origin)) || origin.includes('$')) {
    return undefined;
  }
  if (isAnyOrigin(origin) || (kind === 'rest' && isBelowName(origin))) {
    return 'is compared literally, and no origin contains "*"';
  }
  if (isBelowName(origin)) {
    return 'is a wildcard for subdomains, which AWS does not document for HTTP APIs; a stack with one is reported to have rolled back';
  }
  if (origin === 'null') {
    return 'is what sandboxed pages and local files send, so any page can claim it';
  }
  const match = ORIGIN.exec(origin);
  if (!match) {
    return /[,\s]/.test(origin.trim())
      ? 'is more than one origin, and browsers compare it as a whole'
      : 'is not an origin: write scheme, host and port, as in https://app.example.com';
  }
  const [, scheme, host] = match;
  return scheme.toLowerCase() === 'http' && !LOCAL.test(host)
    ? 'is without TLS: anyone on the network path can change the page that is allowed'
    : undefined;
}

/** Each expression once, with its first use. */
function originsOf(api: RestApi): Map<string, Location> {
  const origins = new Map<string, Location>();
  const add = (parameters: Value<Texts>, location: () => Location): void => {
    const origin = headerValue(parameters, 'Access-Control-Allow-Origin');
    if (typeof origin === 'string' && !origins.has(origin)) {
      origins.set(origin, location());
    }
  };
  for (const { integration } of api.methods) {
    for (const response of isKnown(integration) ? integration.responses : []) {
      add(response.parameters, () => response.location);
    }
  }
  for (const response of api.gatewayResponses) {
    add(response.parameters, () => response.location);
  }
  return origins;
}

export const rule: Rule = {
  id: 'ALL-CORS8',
  appliesTo: ['rest', 'http'],
  severity: 'warning',
  title: 'An allowed origin is one that a browser sends',
  why:
    'Browsers compare the header with the origin of the page character by character: a path, a trailing slash, a ' +
    'list or a missing scheme never matches. `null` and `http://` match pages that cannot be trusted.',
  fix: {
    library:
      'Write scheme, host and port in `cors.allowOrigins`: `https://app.example.com`; the gateway returns the one ' +
      'that matches.',
    l2:
      'Write scheme, host and port in `allowOrigins` of `defaultCorsPreflightOptions` (`corsPreflight` of an ' +
      '`HttpApi`): `https://app.example.com`, one entry each.',
    cloudFormation:
      'Write scheme, host and port in the mapping of `Access-Control-Allow-Origin`, or in `AllowOrigins` of an HTTP ' +
      'API, one entry each: `https://app.example.com`.',
  },
  link: guide('how-to-cors'),
  *check(model) {
    for (const api of model.restApis) {
      for (const [expression, location] of originsOf(api)) {
        const origin = literal(expression);
        const what = origin === undefined ? undefined : problem(origin, 'rest');
        if (what !== undefined) {
          yield { location, message: `origin ${expression} ${what}` };
        }
      }
    }
    for (const { corsConfiguration: cors } of model.httpApis) {
      for (const origin of isKnown(cors) ? new Set(knownOr(cors.allowOrigins, [])) : []) {
        const what = problem(origin, 'http');
        if (isKnown(cors) && what !== undefined) {
          yield { location: cors.location, message: `origin '${origin}' ${what}` };
        }
      }
    }
  },
};
