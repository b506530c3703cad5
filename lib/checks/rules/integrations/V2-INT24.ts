import { SUBNETS_PER_VPC_LINK } from '../../../facts/quotas';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'V2-INT24',
  appliesTo: ['rest', 'http'],
  severity: 'warning',
  title: 'A VPC link V2 has security groups, and no more subnets than it takes',
  why: `Without security groups the link gets the default one of the VPC, which should let nothing in or out, and in a subnet that is shared it is refused; a link takes ${SUBNETS_PER_VPC_LINK} subnets unless the quota is raised. Both cannot be changed later: another link takes its place.`,
  fix: {
    library:
      'Use `RestIntegration.alb(…)` or `HttpIntegration.alb(…)`, which make the link with a security group of ' +
      'its own.',
    l2:
      `Set \`securityGroups\` of the \`VpcLink\`, and select at most ${SUBNETS_PER_VPC_LINK} \`subnets\`, one for each ` +
      'Availability Zone.',
    cloudFormation: `Set \`SecurityGroupIds\`, and at most ${SUBNETS_PER_VPC_LINK} \`SubnetIds\`, one for each Availability Zone.`,
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
