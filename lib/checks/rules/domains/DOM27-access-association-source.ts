import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';
import { judgedText } from '../../queries/mapping-syntax';

export const rule: Rule = {
  id: 'DOM27',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'An access association of a private domain has a VPC endpoint as its source',
  why: 'VPC endpoints are the only source that API Gateway supports; it rejects the id of anything else.',
  fix: {
    library: 'Pass `vpcEndpoints` to the `ApiDomain`.',
    cloudFormation:
      'Set `AccessAssociationSource` to the id of an interface endpoint of execute-api, and `AccessAssociationSourceType` to `VPCE`.',
  },
  link: cloudFormation('resource-apigateway-domainnameaccessassociation'),
  *check(model) {
    for (const { source, location } of model.domainAssociations) {
      const text = source === undefined ? undefined : judgedText(source);
      if (text !== undefined && !text.startsWith('vpce-')) {
        yield {
          location: inside(location, 'AccessAssociationSource'),
          message: `AccessAssociationSource is "${text}", which is not the id of a VPC endpoint (vpce-…)`,
        };
      }
    }
  },
};
