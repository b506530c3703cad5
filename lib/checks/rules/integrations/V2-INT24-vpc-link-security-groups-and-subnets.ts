import { SUBNETS_PER_VPC_LINK } from '../../../facts/quotas';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'V2-INT24',
  appliesTo: ['rest', 'http'],
  severity: 'warning',
  title: 'A VPC link V2 has security groups and stays within its quota of subnets',
  why: `Without security groups the link gets the default one of the VPC, which should allow no traffic in or out, and is rejected in a shared subnet; a link supports ${SUBNETS_PER_VPC_LINK} subnets unless the quota is raised. Neither can be changed later: the link is replaced.`,
  fix: {
    library:
      'Use `RestIntegration.alb(…)` or `HttpIntegration.alb(…)`, which create the link with its own security ' +
      'group.',
    l2:
      `Set \`securityGroups\` on the \`VpcLink\`, and select at most ${SUBNETS_PER_VPC_LINK} \`subnets\`, one per ` +
      'Availability Zone.',
    cloudFormation: `Set \`SecurityGroupIds\`, and at most ${SUBNETS_PER_VPC_LINK} \`SubnetIds\`, one per Availability Zone.`,
  },
  link: cloudFormation('resource-apigatewayv2-vpclink'),
  *check(model) {
    for (const { version, subnetIds, securityGroupIds, location } of model.vpcLinks) {
      if (version !== 2) {
        continue;
      }
      if (isKnown(subnetIds) && subnetIds.length > SUBNETS_PER_VPC_LINK) {
        yield {
          location: inside(location, 'SubnetIds'),
          message: `VPC link ${location.logicalId} has ${subnetIds.length} subnets`,
        };
      }
      if (isKnown(securityGroupIds) && securityGroupIds.length === 0) {
        yield { location, message: `VPC link ${location.logicalId} has no security group` };
      }
    }
  },
};
