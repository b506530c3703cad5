import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { apiLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'REST-NET7',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A private API has a private domain, and other APIs do not',
  why: 'Public domains cannot lead to private APIs, nor private domains to public APIs: the mapping or rule is rejected.',
  fix: {
    library: 'Set `endpointType: ApiDomainEndpointType.PRIVATE` on the domain of a private API.',
    cloudFormation:
      'Map a private API with `AWS::ApiGateway::DomainNameV2` and `AWS::ApiGateway::BasePathMappingV2`, and every other ' +
      'API with `AWS::ApiGateway::DomainName`.',
  },
  link: guide('rest-api-routing-mode'),
  *check(model) {
    const all = [
      ...domainsOf(model).paths.map(({ domain, location, api, via }) => ({
        location,
        apis: [api],
        isPrivate: domain ? domain.form === 'private' : via === 'BasePathMappingV2',
      })),
      ...domainsOf(model).rules.flatMap(({ domain, location, apis }) =>
        domain ? { location, apis, isPrivate: domain.form === 'private' } : [],
      ),
    ];
    for (const { location, apis, isPrivate } of all) {
      for (const api of apis) {
        const { endpointTypes: types } = api;
        if (isKnown(types) && types.length > 0 && types.includes('PRIVATE') !== isPrivate) {
          yield {
            location,
            message: `${apiLabel(api)} is ${types.join(', ')}, and the domain is ${isPrivate ? 'private' : 'public'}`,
          };
        }
      }
    }
  },
};
