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
  title: 'A VPC link V1 targets one Network Load Balancer',
  why: 'A VPC link V1 supports exactly one target, and no Application Load Balancer. Its creation fails minutes into the deployment.',
  fix: {
    library: 'Use `RestIntegration.alb(…)`, which uses a VPC link V2.',
    l2:
      'Specify one Network Load Balancer in `targets` of the `VpcLink`, or use the `VpcLink` of aws-apigatewayv2 by ' +
      '`connectionId` and `integrationTarget` in `integration` of the `CfnMethod`.',
    cloudFormation:
      'Specify the ARN of one Network Load Balancer in `TargetArns`, or use an `AWS::ApiGatewayV2::VpcLink`.',
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
          : other && `targets ${other.arn}, which is not a Network Load Balancer`;
      if (message !== undefined) {
        yield { location: inside(location, 'TargetArns'), message: `VPC link ${location.logicalId} ${message}` };
      }
    }
  },
};
