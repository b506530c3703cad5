import { type Method, type RestApi } from '../../../template/model';
import { isKnown } from '../../../template/value';
import { type Rule, type Violation } from '../../rule';
import { guide, headerValue, isPreflight, onMethod, routeOf } from '../../support';

const AUTHORIZATION = 'method.request.header.authorization';

function wildcardHeaders({ integration }: Method): boolean {
  return (
    isKnown(integration) &&
    integration.responses.some(
      ({ parameters }) => headerValue(parameters, 'Access-Control-Allow-Headers')?.replace(/\s/g, '') === "'*'",
    )
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

function* barred(api: RestApi): Iterable<Violation> {
  const preflights = api.methods.filter((method) => isPreflight(method) && wildcardHeaders(method));
  for (const preflight of preflights) {
    const route = api.methods.find((method) => method.path === preflight.path && needsAuthorization(method));
    if (route) {
      yield onMethod(preflight, `allows every header but Authorization, which ${routeOf(route)} needs`);
    }
  }
}

export const rule: Rule = {
  id: 'ALL-CORS9',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A preflight names the header Authorization',
  why: 'In `Access-Control-Allow-Headers` the wildcard stands for every header but `Authorization`. Browsers that follow the standard refuse the call of a page that is logged in.',
  fix:
    'Name it in `cors.allowHeaders`, with the others: `["Authorization", "Content-Type"]`. In CloudFormation: the mapping of ' +
    '`Access-Control-Allow-Headers` in the OPTIONS integration response.',
  link: guide('how-to-cors'),
  *check(model) {
    for (const api of model.restApis) {
      yield* barred(api);
    }
  },
};
