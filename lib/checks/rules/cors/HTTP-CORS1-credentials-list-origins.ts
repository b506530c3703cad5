import { knownOr, isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-CORS1',
  appliesTo: ['http'],
  severity: 'error',
  title: 'CORS with credentials lists the allowed origins',
  why: 'API Gateway rejects credentials with a wildcard origin, as browsers would, and the stack rolls back.',
  fix: {
    library: 'List the origins in `cors: { allowOrigins: ["https://app.example.com"] }`, or omit `allowCredentials`.',
    l2: 'List the origins in `allowOrigins` of `corsPreflight`, or omit `allowCredentials`.',
    cloudFormation:
      'List the origins in `AllowOrigins` of `CorsConfiguration` (`allowOrigins` of `x-amazon-apigateway-cors`), or ' +
      'omit `AllowCredentials`.',
  },
  link: guide('http-api-cors'),
  *check(model) {
    for (const { corsConfiguration: cors } of model.httpApis) {
      if (isKnown(cors) && cors.allowCredentials === true && knownOr(cors.allowOrigins, []).includes('*')) {
        yield { location: cors.location, message: 'CORS allows credentials for every origin' };
      }
    }
  },
};
