import { DEFINITION_MAX_BYTES } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { apiReference, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'OAS4',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A definition is within the size limits',
  why: 'API Gateway imports up to 6 MB, and CloudFormation accepts templates of up to 1 MB: a larger definition is rejected, and the stack rolls back.',
  fix: {
    library: 'Split the API into two on one custom domain.',
    l2: 'Split the API into two `SpecRestApi` on one `DomainName` with a `basePath` each.',
    cloudFormation: 'Split it into two RestApis, with a base path mapping each.',
  },
  link: apiReference('ImportRestApi'),
  *check(model) {
    // Before the bytes are counted, which is dear.
    const large = new Set(model.templates.filter(({ bytes }) => bytes > DEFINITION_MAX_BYTES).map(({ file }) => file));
    for (const api of large.size > 0 ? model.restApis : []) {
      if (large.has(api.location.template) && (api.bodyBytes ?? 0) > DEFINITION_MAX_BYTES) {
        yield { location: inside(api.location, 'Body'), message: `the definition has ${api.bodyBytes} bytes` };
      }
    }
  },
};
