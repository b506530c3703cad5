import { CORS_MAX_AGE } from '../../../facts/enumerations';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';

export const rule: Rule = {
  id: 'HTTP-CORS10',
  appliesTo: ['http'],
  severity: 'error',
  title: `A preflight response is cached for at most ${CORS_MAX_AGE.max} seconds`,
  why: `API Gateway accepts ${CORS_MAX_AGE.min} (not cached at all) to ${CORS_MAX_AGE.max} seconds (a day). It rejects anything else, and the stack rolls back.`,
  fix: {
    library: 'Set `maxAge` in `cors` to a day or less: `Duration.hours(1)`.',
    l2: 'Set `maxAge` of `corsPreflight` to a day or less: `Duration.hours(1)`.',
    cloudFormation:
      'Set `MaxAge` of `CorsConfiguration` (`maxAge` of `x-amazon-apigateway-cors`) to a day or less, in seconds.',
  },
  link: 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html',
  *check(model) {
    for (const { corsConfiguration: cors } of model.httpApis) {
      if (
        isKnown(cors) &&
        isKnown(cors.maxAge) &&
        !(cors.maxAge >= CORS_MAX_AGE.min && cors.maxAge <= CORS_MAX_AGE.max)
      ) {
        yield { location: cors.location, message: `the maximum age of CORS is ${cors.maxAge} s` };
      }
    }
  },
};
