import { isKnown } from '../../../template/model/value';
import { type DomainMapping } from '../../../template/model/model';
import { textKey } from '../../../template/model/text';
import { type Rule } from '../../rule';
import { cloudFormation, resourceKey } from '../../queries/common';

/** The domain and the path; undefined if one of them is not known, or another mapping may be there instead. */
function placeOf({ domain, domainName, mappingKey, conditional, resourceType }: DomainMapping): string | undefined {
  if (conditional === true || resourceType === 'AWS::ApiGatewayV2::RoutingRule') return undefined;
  const name = isKnown(domain) ? resourceKey(domain) : typeof domainName === 'string' ? textKey(domainName) : undefined;
  if (name === undefined || (mappingKey !== undefined && !isKnown(mappingKey))) return undefined;
  return `${name} ${mappingKey === undefined || mappingKey === '(none)' ? '' : mappingKey}`;
}

export const rule: Rule = {
  id: 'DOM25',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'A path of a domain is mapped once',
  why: 'The paths of a domain must not overlap: API Gateway rejects the second mapping, and the stack rolls back.',
  fix: {
    library: 'Give each mapping of the `ApiDomain` another `path`.',
    l2: 'Give each `addApiMapping(…)` or `addBasePathMapping(…)` of the domain another `basePath`.',
    cloudFormation: 'Give each mapping of the domain another `ApiMappingKey` or `BasePath`.',
  },
  link: cloudFormation('resource-apigatewayv2-apimapping'),
  *check(model) {
    const taken = new Map<string, DomainMapping>();
    for (const mapping of model.domainMappings) {
      const place = placeOf(mapping);
      const first = place === undefined ? undefined : taken.get(place);
      if (first) {
        const { location, mappingKey } = mapping;
        const path = typeof mappingKey === 'string' && mappingKey !== '' ? `the path "${mappingKey}"` : 'the root';
        yield { location, message: `${path} of the domain is already mapped by ${first.location.logicalId}` };
      } else if (place !== undefined) {
        taken.set(place, mapping);
      }
    }
  },
};
