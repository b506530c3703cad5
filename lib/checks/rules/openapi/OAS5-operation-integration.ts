import { type Rule } from '../../rule';
import { guide, onRoute, sameResource } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'OAS5',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'An operation has an integration',
  why: 'An operation without an integration has no target: the deployment fails with "No integration defined for method", and the stack rolls back. For HTTP APIs this is derived, and a warning.',
  fix: {
    library: 'Give each operation an integration in `RestGateway.fromOpenApi(…)` or `HttpGateway.fromOpenApi(…)`.',
    l2: 'Add `x-amazon-apigateway-integration` to each operation of the document that `ApiDefinition` reads.',
    cloudFormation: 'Add `x-amazon-apigateway-integration` to the operation in the Body.',
  },
  link: guide('api-gateway-swagger-extensions-integration'),
  *check(model) {
    for (const { api, route } of allRoutesOf(model)) {
      if (route.integration === undefined && sameResource(route.location, api.location)) {
        yield {
          ...onRoute(route, 'has no x-amazon-apigateway-integration'),
          ...(api.kind === 'http' && { severity: 'warning' }),
        };
      }
    }
  },
};
