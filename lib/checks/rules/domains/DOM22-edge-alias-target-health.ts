import { type Rule } from '../../rule';
import { inside } from '../../queries/common';

export const rule: Rule = {
  id: 'DOM22',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'An alias record of an edge-optimized domain does not evaluate the health of its target',
  why: 'The target is a CloudFront distribution, for which Route 53 rejects EvaluateTargetHealth: the deployment rolls back.',
  fix: {
    library: 'Let `ApiDomain` create the records; give `ApiDomainRecords.weighted` or `.latency` a `healthCheckId`.',
    l2: 'Use `ApiGatewayDomain` as the target without `evaluateTargetHealth`, and give the record a `healthCheck`.',
    cloudFormation: 'Omit `EvaluateTargetHealth` on the `AliasTarget`, and give the record a `HealthCheckId`.',
  },
  link: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html',
  *check(model) {
    for (const { location, domain, toDistribution, evaluateTargetHealth } of model.domainAliases) {
      if (toDistribution && evaluateTargetHealth === true) {
        yield {
          location: inside(location, 'AliasTarget', 'EvaluateTargetHealth'),
          message: `the record points to the CloudFront distribution of ${domain.logicalId} and has EvaluateTargetHealth`,
        };
      }
    }
  },
};
