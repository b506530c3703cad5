import { type Method } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { guide, inside, isPreflight, listed, routeOf, sameResource } from '../../queries/common';

const isGiven = (security: unknown): boolean => !(Array.isArray(security) && security.length === 0);

export const rule: Rule = {
  id: 'OAS1',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Every operation has its own security',
  why: 'API Gateway ignores `security` at the root of a definition. Other tools apply it: the document looks protected, and every operation that relies on it is open.',
  fix: {
    library: 'Use `RestGateway.fromOpenApi(…)`, which requires an authorizer for each operation.',
    l2: 'Repeat `security` in each operation of the document that `ApiDefinition` reads.',
    cloudFormation: 'Repeat `security` in each operation of the Body.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const api of model.restApis) {
      if (api.rootSecurity === undefined || !isGiven(api.rootSecurity)) {
        continue;
      }
      const isLeftOpen = (method: Method): boolean =>
        method.authorizationType === undefined && !isPreflight(method) && sameResource(method.location, api.location);
      const open = api.methods.filter(isLeftOpen);
      if (open.length > 0) {
        yield {
          location: inside(api.location, 'Body', 'security'),
          message: `the security at the root has no effect: ${listed(open.map(routeOf))} is open`,
        };
      }
    }
  },
};
