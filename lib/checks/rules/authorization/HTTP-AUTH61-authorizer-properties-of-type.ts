import { at } from '../../../lookup/named';
import { cloudFormation, inside, listed, resourceKey } from '../../queries/common';
import { type Rule } from '../../rule';

/** What only the other type has; a time to live of a JWT authorizer too, since tokens say how long they are valid. */
const FOREIGN: Readonly<Record<string, { readonly names: readonly string[]; readonly type: string }>> = {
  JWT: {
    names: [
      'AuthorizerCredentialsArn',
      'AuthorizerPayloadFormatVersion',
      'AuthorizerResultTtlInSeconds',
      'AuthorizerUri',
      'EnableSimpleResponses',
    ],
    type: 'REQUEST',
  },
  REQUEST: { names: ['JwtConfiguration'], type: 'JWT' },
};

export const rule: Rule = {
  id: 'HTTP-AUTH61',
  appliesTo: ['http'],
  // What API Gateway does with them is not documented.
  severity: 'warning',
  title: 'An authorizer of an HTTP API has only the properties of its type',
  why: 'A JWT authorizer calls no function, and a Lambda authorizer checks no issuer: API Gateway rejects or ignores the settings of the other type, which look as if they held.',
  fix: {
    library: 'Use `HttpAuthorizer.jwt(…)` or `HttpAuthorizer.lambda(…)`, which have their own options.',
    l2: 'Use `HttpJwtAuthorizer` or `HttpLambdaAuthorizer`, and remove overrides with properties of the other.',
    cloudFormation:
      'Remove the properties in the finding, or set `AuthorizerType` to `REQUEST` for a Lambda function and to `JWT` for an issuer.',
  },
  link: cloudFormation('resource-apigatewayv2-authorizer'),
  *check(model) {
    const types = new Map(
      model.httpApis.flatMap(({ authorizers }) =>
        authorizers.map(({ type, location }) => [resourceKey(location), type]),
      ),
    );
    const resources = types.size > 0 ? model.v2Resources.filter(({ type }) => type === 'Authorizer') : [];
    for (const resource of resources) {
      const { location } = resource;
      const type = types.get(resourceKey(location));
      const foreign = typeof type === 'string' ? at(FOREIGN, type) : undefined;
      const names = foreign?.names.filter((name) => resource.has(name)) ?? [];
      if (foreign && names.length > 0) {
        const message = `${location.logicalId} is of type ${String(type)} and has ${listed(names)}, which only ${foreign.type} has`;
        yield { location: inside(location, names[0]), message };
      }
    }
  },
};
