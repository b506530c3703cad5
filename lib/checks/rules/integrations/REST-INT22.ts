import { type VpcLinkTarget } from '../../../template/model/neighbours';
import { outline } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside, knownAnd } from '../../queries/common';

const isOther = ({ arn, loadBalancerType }: VpcLinkTarget): boolean =>
  knownAnd(loadBalancerType, (type) => type !== 'network') || /:loadbalancer\/(app|gwy)\//.test(outline(arn));

export const rule: Rule = {
  id: 'REST-INT22',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A VPC link V1 leads to one Network Load Balancer',
  why: 'A link of this kind takes exactly one target, and no Application Load Balancer. It fails to be created, minutes into the deployment.',
  fix: {
    library: 'Use `RestIntegration.privateAlb(…)`, which goes through a VPC link V2.',
    l2:
      'Name one Network Load Balancer in `targets` of the `VpcLink`, or use the `VpcLink` of aws-apigatewayv2 by ' +
      '`connectionId` and `integrationTarget` in `integration` of the `CfnMethod`.',
    cloudFormation: 'Name one ARN of a Network Load Balancer in `TargetArns`, or use an `AWS::ApiGatewayV2::VpcLink`.',
  },
  link: cloudFormation('resource-apigateway-vpclink'),
  *check(model) {
    for (const { version, targets, location } of model.vpcLinks) {
      if (version !== 1 || !isKnown(targets)) {
        continue;
      }
      const other = targets.find(isOther);
      const message =
        targets.length !== 1
          ? `has ${targets.length} targets`
          : other && `leads to ${other.arn}, which is no Network Load Balancer`;
      if (message !== undefined) {
        yield { location: inside(location, 'TargetArns'), message: `VPC link ${location.logicalId} ${message}` };
      }
    }
  },
};
