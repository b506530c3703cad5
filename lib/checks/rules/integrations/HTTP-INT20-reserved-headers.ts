import { RESERVED_MAPPING_HEADERS } from '../../../facts/http-integrations';
import { type V2Integration } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { guide, listed } from '../../queries/common';
import { httpIntegrationsOf, onIntegration } from '../../queries/v2-integrations';
import { knownOr } from '../../../template/model/value';

const HEADER = /^(?:append|overwrite|remove):header\.(.+)$/i;

/** Reserved headers that the integration maps, of the request and of the response. */
function reserved({ requestParameters, responseParameters }: V2Integration): string[] {
  const keys = [requestParameters, ...Object.values(knownOr(responseParameters, {}))].flatMap((parameters) =>
    Object.keys(knownOr(parameters, {})),
  );
  return [...new Set(keys)].filter((key) => RESERVED_MAPPING_HEADERS.test(HEADER.exec(key)?.[1] ?? ''));
}

export const rule: Rule = {
  id: 'HTTP-INT20',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A mapping does not use reserved headers',
  why: 'Headers for the connection, authorization, CORS and AWS itself are reserved: API Gateway refuses to map them, and the stack rolls back.',
  fix: {
    library:
      'Map to a header with another name (`HttpRequestParameter.overwriteHeader("x-caller", …)`); CORS headers come ' +
      'from `cors`.',
    l2:
      'Map to a header with another name: `new ParameterMapping().overwriteHeader("x-caller", …)`; CORS headers come ' +
      'from `corsPreflight`.',
    cloudFormation:
      'Use another header in the keys of `RequestParameters` and `ResponseParameters` of the integration.',
  },
  link: guide('http-api-parameter-mapping'),
  *check(model) {
    for (const use of httpIntegrationsOf(model)) {
      const keys = reserved(use.integration);
      if (keys.length > 0) {
        yield onIntegration(use, `maps ${listed(keys)}, which is reserved`);
      }
    }
  },
};
