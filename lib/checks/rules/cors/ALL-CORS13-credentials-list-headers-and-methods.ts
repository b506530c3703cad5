import { type HttpApi, type IntegrationResponse } from '../../../template/model/model';
import { isKnown, knownOr, type Value } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, headerValue, isPreflight, methodsOf, onMethod } from '../../queries/common';
import { allowsCredentials } from '../../queries/cors-origins';

const HEADERS = ['Access-Control-Allow-Headers', 'Access-Control-Allow-Methods', 'Access-Control-Expose-Headers'];
const WHY = 'which browsers do not treat as a wildcard if credentials are sent';

function wildcardsOf({ parameters }: IntegrationResponse): string[] {
  if (!allowsCredentials(parameters)) return [];
  return HEADERS.filter((header) => {
    const value = headerValue(parameters, header);
    return typeof value === 'string' && /^'\s*\*\s*'$/.test(value);
  });
}

function* ofHttp({ corsConfiguration: cors }: HttpApi): Iterable<Violation> {
  if (!isKnown(cors) || cors.allowCredentials !== true) return;
  const lists: [string, Value<string[]>][] = [
    ['allowHeaders', cors.allowHeaders],
    ['allowMethods', cors.allowMethods],
    ['exposeHeaders', cors.exposeHeaders],
  ];
  for (const [name, list] of lists) {
    if (knownOr(list, []).includes('*')) {
      yield { location: cors.location, message: `CORS allows credentials and has "*" in ${name}, ${WHY}` };
    }
  }
}

export const rule: Rule = {
  id: 'ALL-CORS13',
  appliesTo: ['rest', 'http'],
  severity: 'warning',
  title: 'CORS with credentials lists headers and methods',
  why:
    'If a page sends credentials, browsers treat `*` in the lists of headers and methods as the literal name of one ' +
    'header or method, so it allows nothing.',
  fix: {
    library: 'List each one in `allowHeaders`, `allowMethods` and `exposeHeaders` of `cors`.',
    l2:
      'List each one in `allowHeaders`, `allowMethods` and `exposeHeaders` of `defaultCorsPreflightOptions` ' +
      '(`corsPreflight` of an `HttpApi`).',
    cloudFormation:
      'List each one in the mappings of the OPTIONS integration response, or in `AllowHeaders`, `AllowMethods` and ' +
      '`ExposeHeaders` of `CorsConfiguration`.',
  },
  link: guide('how-to-cors'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const responses = isPreflight(method) && isKnown(method.integration) ? method.integration.responses : [];
      for (const response of responses) {
        for (const header of wildcardsOf(response)) {
          yield onMethod(method, `allows credentials and returns "*" in ${header}, ${WHY}`, response.location);
        }
      }
    }
    for (const api of model.httpApis) yield* ofHttp(api);
  },
};
