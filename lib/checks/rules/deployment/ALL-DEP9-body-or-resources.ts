import { type HttpApi, type RestApi } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { cloudFormation, listed, sameResource } from '../../queries/common';

/** The properties next to the Body. */
function beside(api: RestApi | HttpApi): string[] {
  const definitions =
    api.kind === 'rest'
      ? [...api.methods, ...api.pathResources, ...api.validators, ...api.gatewayResponses]
      : [...api.routes, ...api.integrations];
  const parts = [...definitions, ...api.authorizers, ...api.models];
  const names = parts
    .filter(({ location }) => !sameResource(location, api.location))
    .map(({ location }) => location.logicalId);
  return [...new Set(names)];
}

export const rule: Rule = {
  id: 'ALL-DEP9',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'An API is defined by its Body or by resources, not both',
  why: 'Each update of the Body imports it again and drops resources that are defined outside it; CloudFormation does not detect this and does not restore them. For HTTP APIs the combination is not supported at all; for REST APIs it is a warning.',
  fix: {
    library:
      'Put everything into the definition: `routes` of the gateway, or the OpenAPI document of ' +
      '`RestGateway.fromOpenApi(…)` or `HttpGateway.fromOpenApi(…)`.',
    l2: 'Put everything into the `apiDefinition` of the `SpecRestApi`, or use a `RestApi` with `addMethod(…)`, not both.',
    cloudFormation: 'Move the methods, models and authorizers into the `Body`, or replace the Body with resources.',
  },
  link: cloudFormation('resource-apigateway-restapi'),
  sameAs: { 'cfn-lint': ['W3660'] },
  *check(model) {
    for (const api of [...model.restApis, ...model.httpApis]) {
      const names = api.imported && api.form !== 'body' ? beside(api) : [];
      if (names.length > 0) {
        yield {
          location: api.location,
          message: `the API has a Body, and also the resources ${listed(names)}`,
          ...(api.kind === 'rest' && { severity: 'warning' }),
        };
      }
    }
  },
};
