import { type Method } from '../../../template/model/model';
import { allowedOrigins, isAnyOrigin, setsOrigin } from '../../queries/cors-origins';
import { outline } from '../../../template/model/text';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, headerValue, listed, routeOf } from '../../queries/common';

/** A template that returns every origin of a scheme. */
const ANY_HOST = /\.matches\("https?:\/\/(?:\.|\[[^\]"]+\])[+*](?:\(:[^)"]*\)\?)?"\)/;

const matchesAny = ({ integration }: Method): boolean =>
  isKnown(integration) &&
  integration.responses.some(
    (response) =>
      setsOrigin(response) &&
      Object.values(knownOr(response.templates, {})).some((template) => ANY_HOST.test(outline(template))),
  );

export const rule: Rule = {
  id: 'ALL-CORS7',
  appliesTo: ['rest', 'http'],
  severity: 'warning',
  title: 'CORS lists the allowed origins',
  why: 'With a wildcard, every web page can read the responses that its visitor can reach, e.g. in an internal network or with a header that the page knows.',
  fix: {
    library: 'List the origins in `cors: { allowOrigins: ["https://app.example.com"] }`.',
    l2:
      'List the origins in `allowOrigins` of `defaultCorsPreflightOptions` (`corsPreflight` of an `HttpApi`) and in ' +
      '`responseHeaders` of `addGatewayResponse(…)`, instead of `Cors.ALL_ORIGINS`.',
    cloudFormation:
      'Set the origin in the mapping of `Access-Control-Allow-Origin` in the OPTIONS integration response and in the ' +
      'gateway responses, or in `AllowOrigins` of the `CorsConfiguration` of an HTTP API.',
  },
  link: guide('how-to-cors'),
  sameAs: { terrascan: ['AC_AWS_0441'] },
  *check(model) {
    for (const api of model.restApis) {
      const methods = api.methods.filter((method) => allowedOrigins(method).includes("'*'") || matchesAny(method));
      const responses = api.gatewayResponses.filter(
        ({ parameters }) => headerValue(parameters, 'Access-Control-Allow-Origin') === "'*'",
      );
      const [first] = [...methods, ...responses];
      if (first) {
        const places = [...methods.map(routeOf), ...responses.map(({ responseType }) => String(responseType))];
        yield { location: first.location, message: `every origin is allowed by ${listed(places)}` };
      }
    }
    for (const { corsConfiguration: cors } of model.httpApis) {
      const any = isKnown(cors) ? knownOr(cors.allowOrigins, []).find(isAnyOrigin) : undefined;
      if (isKnown(cors) && any !== undefined) {
        yield { location: cors.location, message: `every origin is allowed by "${any}" in the CORS configuration` };
      }
    }
  },
};
