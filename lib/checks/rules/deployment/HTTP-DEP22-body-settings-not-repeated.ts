import { type Rule } from '../../rule';
import { cloudFormation, inside, listed } from '../../queries/common';

/** Named in messages of the service; for the others it is expected. */
const REFUSED = ['CorsConfiguration', 'Name', 'ProtocolType', 'RouteSelectionExpression', 'Tags'];

export const rule: Rule = {
  id: 'HTTP-DEP22',
  appliesTo: ['http'],
  severity: 'error',
  title: 'An HTTP API with a Body does not repeat its settings as properties',
  why: 'API Gateway reads the name, CORS, tags and similar settings from the definition and rejects them next to a Body ("Redundant fields […] provided when either Body or BodyS3Location is not empty"): the stack rolls back.',
  fix: {
    library:
      'Set the props of the `HttpGateway`, e.g. `cors`, or the property of `cfnApi`, which goes into the document; omit settings that HTTP APIs do not have.',
    l2: 'Omit them on the `CfnApi`, and exclude the type AWS::ApiGatewayV2::Api from the tags of the stack.',
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
          message: `${listed(names, 14)} ${names.length > 1 ? 'are' : 'is'} set in addition to the Body`,
          ...(!names.some((name) => REFUSED.includes(name)) && { severity: 'warning' }),
        };
      }
    }
  },
};
