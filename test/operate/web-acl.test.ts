import { App, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { WebAcl } from '../../lib/operate';

const ARN = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/edge/1a2b-3c';
const STAGE = 'arn:aws:apigateway:eu-west-1::/restapis/abc/stages/prod';

interface Rule {
  Name: string;
  Priority: number;
  Action?: object;
  OverrideAction?: object;
  Statement: Record<string, unknown>;
  VisibilityConfig: { MetricName: string };
}

function aclOf(acl: WebAcl) {
  const stack = new Stack();
  const bound = acl._bind(new Construct(stack, 'Api'));
  const template = Template.fromStack(stack);
  const acls = Object.entries(template.findResources('AWS::WAFv2::WebACL'));
  return { stack, bound, acls, rules: (acls[0]?.[1].Properties.Rules ?? []) as Rule[] };
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const CAPACITY: Record<string, number> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
  RateLimit: 2,
};

describe('managed', () => {
  test('is a regional ACL that lets through what its rules do not stop', () => {
    const { stack, bound, acls } = aclOf(WebAcl.managed());
    expect(acls).toHaveLength(1);
    expect(stack.resolve(bound)).toEqual({ webAclArn: { 'Fn::GetAtt': [acls[0][0], 'Arn'] } });
    expect(acls[0][1].Properties).toMatchObject({
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'WebAcl', SampledRequestsEnabled: true },
    });
  });

  test('has the three rule groups that cost nothing extra, each with its metric', () => {
    const { rules } = aclOf(WebAcl.managed());
    expect(rules.map(({ Name, Priority }) => `${Priority} ${Name}`)).toEqual([
      '0 AWSManagedRulesAmazonIpReputationList',
      '1 AWSManagedRulesKnownBadInputsRuleSet',
      '2 AWSManagedRulesCommonRuleSet',
    ]);
    for (const rule of rules) {
      expect(rule.Statement).toMatchObject({ ManagedRuleGroupStatement: { VendorName: 'AWS', Name: rule.Name } });
      expect(rule.OverrideAction).toEqual({ None: {} });
      expect(rule).not.toHaveProperty('Action');
      expect(rule.VisibilityConfig).toEqual({
        CloudWatchMetricsEnabled: true,
        MetricName: rule.Name,
        SampledRequestsEnabled: true,
      });
    }
  });

  test('counts bodies over 8 KB and nothing else', () => {
    const { rules } = aclOf(WebAcl.managed());
    const overrides = rules.map(
      ({ Statement }) => (Statement.ManagedRuleGroupStatement as Record<string, unknown>).RuleActionOverrides,
    );
    expect(overrides).toEqual([undefined, undefined, [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]]);
  });

  test('limits each address where asked to, within the capacity that the basic price covers', () => {
    const { rules } = aclOf(WebAcl.managed({ rateLimit: 2000 }));
    expect(rules.map(({ Priority }) => Priority)).toEqual([0, 1, 2, 3]);
    expect(rules.find(({ Name }) => Name === 'RateLimit')).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 2000 } },
    });
    expect(rules.reduce((sum, { Name }) => sum + CAPACITY[Name], 0)).toBeLessThan(1500);
  });

  test.each([9, 0, -1, 10.5, NaN, 2_000_000_001])('refuses the rate %p', (rateLimit) => {
    expect(() => WebAcl.managed({ rateLimit })).toThrow(
      /^WebAcl\.managed: rateLimit .* whole number from 10 to 2000000000/,
    );
  });

  test.each([10, 2_000_000_000])('takes the rate %p', (rateLimit) => {
    expect(() => WebAcl.managed({ rateLimit })).not.toThrow();
  });

  test('takes a rate that only CloudFormation knows', () => {
    const stack = new Stack();
    const rate = new CfnParameter(stack, 'Rate', { type: 'Number' });
    WebAcl.managed({ rateLimit: rate.valueAsNumber })._bind(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ Limit: { Ref: 'Rate' } }) } }),
      ]),
    });
  });

  test('makes one ACL for an API, however many stages it has, and another for another API', () => {
    const stack = new Stack();
    const acl = WebAcl.managed();
    const orders = new Construct(stack, 'Orders');
    acl._associate(orders, 'DevAcl', `${STAGE}-dev`);
    acl._associate(orders, 'ProdAcl', STAGE);
    acl._bind(new Construct(stack, 'Payments'));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::WAFv2::WebACL', 2);
    const associations = Object.values(template.findResources('AWS::WAFv2::WebACLAssociation'));
    expect(associations.map(({ Properties }) => Properties.ResourceArn)).toEqual([`${STAGE}-dev`, STAGE]);
    expect(new Set(associations.map(({ Properties }) => JSON.stringify(Properties.WebACLArn))).size).toBe(1);
  });
});

describe('fromArn', () => {
  test.each([ARN, ARN.replace('arn:aws:', 'arn:aws-cn:'), Lazy.string({ produce: () => ARN })])('takes %s', (arn) => {
    const stack = new Stack();
    expect(WebAcl.fromArn(arn)._bind(stack)).toEqual({ webAclArn: arn });
    WebAcl.fromArn(arn)._associate(stack, 'Acl', STAGE);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: STAGE,
      WebACLArn: stack.resolve(arn),
    });
  });

  test('takes an ARN with references inside', () => {
    const { region, account } = new Stack(new App(), 'S');
    const arn = `arn:aws:wafv2:${region}:${account}:regional/webacl/edge/1a2b`;
    expect(WebAcl.fromArn(arn)._bind(new Stack())).toEqual({ webAclArn: arn });
  });

  test.each([
    'arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/1a2b',
    `arn:aws:wafv2:us-east-1:${new Stack().account}:global/webacl/edge/1a2b`,
  ])('refuses an ACL of CloudFront: %s', (arn) => {
    expect(() => WebAcl.fromArn(arn)).toThrow(/^WebAcl\.fromArn: .* has the scope CLOUDFRONT.*REGIONAL.*WebAcl\.none/);
  });

  test.each(['', 'edge', 'arn:aws:waf-regional:eu-west-1:123456789012:webacl/1a2b', `${ARN}/more`, ARN.slice(0, -8)])(
    'refuses what is no WAFv2 ACL: %p',
    (arn) => {
      expect(() => WebAcl.fromArn(arn)).toThrow(/^WebAcl\.fromArn: ".*" is not the ARN of a WAFv2 web ACL; it must be/);
    },
  );

  test.each([
    ['region', 'eu-central-1', '123456789012', 'eu-west-1'],
    ['account', 'eu-west-1', '999999999999', '123456789012'],
  ])('refuses an ACL of another %s than the API', (place, region, account, given) => {
    const bind = (env: { region: string; account: string }) =>
      WebAcl.fromArn(ARN)._bind(new Stack(undefined, 'S', { env }));
    const own = place === 'region' ? region : account;
    expect(() => bind({ region, account })).toThrow(
      `WebAcl.fromArn: "${ARN}" is in the ${place} ${given}, and the API in ${own}; an ACL protects APIs only in its own Region and account. Pass an ACL from there, or use WebAcl.managed()`,
    );
    expect(bind({ region: 'eu-west-1', account: '123456789012' })).toEqual({ webAclArn: ARN });
  });
});

describe('none', () => {
  test('keeps the reason and makes nothing', () => {
    const { bound, acls, stack } = aclOf(WebAcl.none(' private API '));
    expect(bound).toEqual({ reason: 'private API' });
    expect(acls).toEqual([]);
    expect(WebAcl.none('x')._associate(stack, 'Acl', STAGE)).toBeUndefined();
  });

  test.each(['', '  ', '\n'])('refuses the reason %p', (reason) => {
    expect(() => WebAcl.none(reason)).toThrow(/^WebAcl\.none: the reason is empty\. Write why/);
  });
});
