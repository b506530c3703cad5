import { type Rule } from '../../rule';
import { inside } from '../../queries/common';

/** @see https://github.com/aws/aws-cdk/issues/19643 for the message of Route 53 */
export const rule: Rule = {
  id: 'DOM28',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'An alias record has the name and the hosted zone of the same endpoint',
  why: 'A Regional endpoint and a CloudFront distribution are in different hosted zones. Route 53 rejects a target that is not in the zone: "the alias target name does not lie within the target zone". A domain has no value for the endpoint that it lacks.',
  fix: {
    library: 'Let `ApiDomain` create the records.',
    l2: 'Use `ApiGatewayDomain` as the target, which takes both from the domain.',
    cloudFormation:
      'Take the name and the zone of the `AliasTarget` from one endpoint of the domain: both from its Regional attributes, or both ' +
      'from those of its distribution.',
  },
  link: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html',
  *check(model) {
    for (const { location, domain, mixed } of model.domainAliases) {
      if (mixed) {
        yield {
          location: inside(location, 'AliasTarget', 'HostedZoneId'),
          message: `the record points to ${mixed.name} of ${domain.logicalId} in the zone ${mixed.zone}`,
        };
      }
    }
  },
};
