import { type Rule } from '../../rule';
import { cloudFormation, inside, listed } from '../../support';

/** What messages of the service were seen to name; of the others it is to be expected. */
const REFUSED = ['CorsConfiguration', 'Name', 'ProtocolType', 'RouteSelectionExpression', 'Tags'];

export const rule: Rule = {
  id: 'HTTP-DEP22',
  appliesTo: ['http'],
  severity: 'error',
  title: 'An HTTP API with a Body has no properties that the Body says',
  why: 'API Gateway takes the name, CORS, tags and the like from the definition, and refuses them beside it: "Redundant fields […] provided when either Body or BodyS3Location is not empty". The stack rolls back.',
  fix: {
    library:
      'Set the props of the `HttpGateway`, e.g. `cors`, or the property of `cfnApi`, which goes into the document; leave out what no HTTP API has.',
    l2: 'Leave them out of the `CfnApi`, and keep tags of the stack from it: the type AWS::ApiGatewayV2::Api among the types that they exclude.',
    cloudFormation:
      'Move them into the `Body`: name, description and version into its info, tags with `x-amazon-apigateway-tag-value`, `x-amazon-apigateway-cors`, ' +
      '`x-amazon-apigateway-endpoint-configuration` under a server.',
  },
  link: cloudFormation('resource-apigatewayv2-api'),
  *check(model) {
    for (const api of model.httpApis) {
      const names = api.besideBody;
      if (names.length > 0) {
        yield {
          location: inside(api.location, names[0]),
          message: `${listed(names, 14)} ${names.length > 1 ? 'stand' : 'stands'} beside the Body`,
          ...(!names.some((name) => REFUSED.includes(name)) && { severity: 'warning' }),
        };
      }
    }
  },
};
