import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { stageWebAcls } from '../../queries/web-acls';

const KNOWN_BAD_INPUTS = 'AWSManagedRulesKnownBadInputsRuleSet';

export const rule: Rule = {
  id: 'REST-WAF4',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'A web ACL blocks known bad inputs',
  why: 'The rule group has the patterns of widely used exploits, including Log4j. It does not block legitimate requests and costs very little.',
  fix: {
    library: 'Use `WebAcl.managed(…)`, which has the rule.',
    l2: `Add a rule with a \`managedRuleGroupStatement\` named \`${KNOWN_BAD_INPUTS}\` to \`rules\` of the \`CfnWebACL\`.`,
    cloudFormation: `Add a rule with a \`ManagedRuleGroupStatement\` named \`${KNOWN_BAD_INPUTS}\`.`,
  },
  link: 'https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html',
  sameAs: { checkov: ['CKV2_AWS_77'] },
  *check(model) {
    const told = new Set<unknown>();
    for (const { webAcl } of stageWebAcls(model)) {
      const groups = webAcl?.managedGroups;
      if (webAcl && isKnown(groups) && !groups.includes(KNOWN_BAD_INPUTS) && !told.has(webAcl)) {
        told.add(webAcl);
        yield { location: webAcl.location, message: `${webAcl.location.logicalId} has no rule for known bad inputs` };
      }
    }
  },
};
