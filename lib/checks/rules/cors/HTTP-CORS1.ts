import { knownOr, isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-CORS1',
  appliesTo: ['http'],
  severity: 'error',
  title: 'CORS with credentials names its origins',
  why: 'API Gateway refuses credentials together with any origin, as browsers would, and the stack rolls back.',
  fix: {
    library:
      'Name the origins in `cors: { allowOrigins: ["https://app.example.com"] }`, or leave `allowCredentials` out.',
    l2: 'Name the origins in `allowOrigins` of `corsPreflight`, or leave `allowCredentials` out.',
    cloudFormation:
      'Name the origins in `AllowOrigins` of `CorsConfiguration` (`allowOrigins` of `x-amazon-apigateway-cors`), or ' +
      'leave `AllowCredentials` out.',
  },
  link: guide('http-api-cors'),
  *check(model) {
    for (const { corsConfiguration: cors } of model.httpApis) {
      if (isKnown(cors) && cors.allowCredentials === true && knownOr(cors.allowOrigins, []).includes('*')) {
        yield { location: cors.location, message: 'CORS allows credentials to every origin' };
      }
    }
  },
};
