import { type HttpApi, type Method, type RestApi, type V2Route } from '../../../template/model/model';
import { textKey } from '../../../template/model/text';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, headerValue, isPreflight, onMethod, routeOf } from '../../queries/common';

const AUTHORIZATION = 'method.request.header.authorization';

function wildcardHeaders({ integration }: Method): boolean {
  return (
    isKnown(integration) &&
    integration.responses.some(({ parameters }) => {
      const value = headerValue(parameters, 'Access-Control-Allow-Headers');
      return typeof value === 'string' && value.replace(/\s/g, '') === "'*'";
    })
  );
}

/** Whether callers send the header `Authorization`. */
function needsAuthorization({ authorizationType, authorizer }: Method): boolean {
  if (authorizationType === 'AWS_IAM') {
    return true;
  }
  const source = isKnown(authorizer) ? authorizer.identitySource : undefined;
  return (
    typeof source === 'string' &&
    source
      .toLowerCase()
      .split(',')
      .some((one) => one.trim() === AUTHORIZATION)
  );
}

/** The same of an HTTP API, where the header is one of a list. */
function v2NeedsAuthorization({ authorizationType, authorizer }: V2Route): boolean {
  const sources = isKnown(authorizer) ? knownOr(authorizer.identitySource, []) : [];
  return (
    authorizationType === 'AWS_IAM' || sources.some((source) => /^\$request\.header\.authorization$/i.test(source))
  );
}

function* barredFromHttp({ corsConfiguration: cors, routes }: HttpApi): Iterable<Violation> {
  const headers = isKnown(cors) ? knownOr(cors.allowHeaders, []).map((header) => header.toLowerCase()) : [];
  const route = headers.includes('*') && !headers.includes('authorization') && routes.find(v2NeedsAuthorization);
  if (route && isKnown(cors)) {
    yield {
      location: cors.location,
      message: `the CORS configuration allows every header except Authorization, which ${routeOf(route)} needs`,
    };
  }
}

function* barred(api: RestApi): Iterable<Violation> {
  const preflights = api.methods.filter((method) => isPreflight(method) && wildcardHeaders(method));
  const routes = new Map<string, Method>();
  for (const method of preflights.length > 0 ? api.methods : []) {
    const path = textKey(method.path);
    if (!routes.has(path) && needsAuthorization(method)) {
      routes.set(path, method);
    }
  }
  for (const preflight of preflights) {
    const route = routes.get(textKey(preflight.path));
    if (route) {
      yield onMethod(preflight, `allows every header except Authorization, which ${routeOf(route)} needs`);
    }
  }
}

export const rule: Rule = {
  id: 'ALL-CORS9',
  appliesTo: ['rest', 'http'],
  severity: 'warning',
  title: 'A preflight response lists the header Authorization',
  why: 'In `Access-Control-Allow-Headers` the wildcard stands for every header except `Authorization`. Browsers that follow the standard reject the call of a page that is logged in.',
  fix: {
    library: 'Add it to `cors.allowHeaders` with the others: `["Authorization", "Content-Type"]`.',
    l2:
      'Add it to the `allowHeaders` of `defaultCorsPreflightOptions` (`corsPreflight` of an `HttpApi`) with the ' +
      'others: `["Authorization", "Content-Type"]`.',
    cloudFormation:
      'Add it to the mapping of `Access-Control-Allow-Headers` in the OPTIONS integration response, or to the ' +
      '`AllowHeaders` of an HTTP API.',
  },
  link: guide('how-to-cors'),
  *check(model) {
    for (const api of model.restApis) {
      yield* barred(api);
    }
    for (const api of model.httpApis) {
      yield* barredFromHttp(api);
    }
  },
};
