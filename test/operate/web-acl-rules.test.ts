import { App, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { WebAcl, WebAclAction, type WebAclManagedOptions, WebAclRateLimit, type WebAclRule } from '../../lib';
import { MANAGED_RULE_GROUP_CAPACITY } from '../../lib/facts/web-acl';
import { WebAclRules } from '../../lib/operate/web-acl-rules';
import { Owner } from '../../lib/authoring/errors';
import { type Json } from '../support/stacks';

const owner = new Owner('WebAcl.managed');

function made(options: WebAclManagedOptions) {
  const stack = new Stack(new App(), 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  const scope = new Construct(stack, 'Orders');
  const acl = WebAcl.managed(options);
  acl._bind(scope);
  acl._bind(scope);
  const template: Json = Template.fromStack(stack).toJSON();
  const of = (type: string): Json[] =>
    Object.entries<Json>(template.Resources)
      .filter(([, { Type }]) => Type === `AWS::WAFv2::${type}`)
      .map(([id, { Properties }]) => ({ id, ...Properties }));
  const rules: Json[] = of('WebACL')[0].Rules;
  return { rules, sets: of('IPSet'), logging: of('LoggingConfiguration')[0], template };
}

const rule = (options: WebAclManagedOptions, name: string) => made(options).rules.find(({ Name }) => Name === name);
const geo = { geoMatchStatement: { countryCodes: ['DE'] } };
const own = (more: Partial<WebAclRule> = {}): WebAclRule => ({ name: 'Mine', statement: geo, capacity: 1, ...more });

test('rules are asked in the order that is documented, each with its own metric', () => {
  const { rules } = made({
    rateLimit: 2000,
    rateLimits: [WebAclRateLimit.byForwardedIp(100)],
    rules: [own()],
    allowIps: ['203.0.113.7'],
    denyIps: ['198.51.100.0/24'],
    onlyIps: ['203.0.113.0/24'],
    denyCountries: ['KP'],
  });
  expect(rules.map(({ Name, Priority }) => `${Priority} ${Name}`)).toEqual([
    '0 DenyIps',
    '1 OnlyIps',
    '2 DenyCountries',
    '3 AllowIps',
    '4 AWSManagedRulesAmazonIpReputationList',
    '5 RateLimit',
    '6 RateLimitForwardedIp',
    '7 Mine',
    '8 AWSManagedRulesKnownBadInputsRuleSet',
    '9 AWSManagedRulesCommonRuleSet',
  ]);
  expect(rules.map(({ VisibilityConfig }) => VisibilityConfig.MetricName)).toEqual(rules.map(({ Name }) => Name));
});

describe('lists of addresses', () => {
  test('have a set for each family, in an order that does not matter', () => {
    const { sets, rules } = made({ denyIps: ['2001:db8::/32', '198.51.100.7', '192.0.2.0/24', '192.0.2.0/24'] });
    expect(sets.map(({ id, ...properties }) => [id.replace(/.{8}$/, ''), properties])).toEqual([
      [
        'OrdersWebAclDenyIpsIPV4',
        { Addresses: ['192.0.2.0/24', '198.51.100.7/32'], IPAddressVersion: 'IPV4', Scope: 'REGIONAL' },
      ],
      ['OrdersWebAclDenyIpsIPV6', { Addresses: ['2001:db8::/32'], IPAddressVersion: 'IPV6', Scope: 'REGIONAL' }],
    ]);
    const statements = sets.map(({ id }) => ({ IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [id, 'Arn'] } } }));
    expect(rules[0]).toMatchObject({ Action: { Block: {} }, Statement: { OrStatement: { Statements: statements } } });
  });

  test('let through, or are the only ones', () => {
    const list = ['203.0.113.7'];
    expect(rule({ allowIps: list }, 'AllowIps')).toMatchObject({
      Action: { Allow: {} },
      Statement: { IPSetReferenceStatement: {} },
    });
    expect(rule({ onlyIps: list }, 'OnlyIps')).toMatchObject({
      Action: { Block: {} },
      Statement: { NotStatement: { Statement: { IPSetReferenceStatement: {} } } },
    });
  });

  test('may be known by CloudFormation only', () => {
    expect(made({ allowIps: [Lazy.string({ produce: () => '203.0.113.0/24' })] }).sets[0].Addresses).toEqual([
      '203.0.113.0/24',
    ]);
  });
});

test('countries are blocked, or the only ones', () => {
  expect(rule({ denyCountries: ['KP', 'IR'] }, 'DenyCountries')).toMatchObject({
    Action: { Block: {} },
    Statement: { GeoMatchStatement: { CountryCodes: ['IR', 'KP'] } },
  });
  expect(rule({ allowCountries: ['DE'] }, 'AllowCountries')).toMatchObject({
    Action: { Block: {} },
    Statement: { NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } } } },
  });
});

test('rates are limited by address, forwarded address, header and key', () => {
  const statement = (limit: WebAclRateLimit, name: string) =>
    rule({ rateLimits: [limit] }, name)?.Statement.RateBasedStatement;
  expect(statement(WebAclRateLimit.byIp(10, { window: Duration.minutes(1) }), 'RateLimit')).toEqual({
    AggregateKeyType: 'IP',
    EvaluationWindowSec: 60,
    Limit: 10,
  });
  expect(statement(WebAclRateLimit.byForwardedIp(10), 'RateLimitForwardedIp')).toEqual({
    AggregateKeyType: 'FORWARDED_IP',
    EvaluationWindowSec: 300,
    ForwardedIPConfig: { FallbackBehavior: 'MATCH', HeaderName: 'X-Forwarded-For' },
    Limit: 10,
  });
  const header = (Name: string) => ({
    AggregateKeyType: 'CUSTOM_KEYS',
    CustomKeys: [{ Header: { Name, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }],
    EvaluationWindowSec: 300,
    Limit: 10,
  });
  expect(statement(WebAclRateLimit.byHeader('X-Tenant', 10), 'RateLimitHeader-x-tenant')).toEqual(header('x-tenant'));
  expect(statement(WebAclRateLimit.byApiKey(10), 'RateLimitApiKey')).toEqual(header('x-api-key'));
});

test('rules of your own act as they say', () => {
  expect(rule({ rules: [own()] }, 'Mine').Action).toEqual({ Block: {} });
  expect(rule({ rules: [own({ action: WebAclAction.COUNT })] }, 'Mine').Action).toEqual({ Count: {} });
  const group = { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesSQLiRuleSet' } };
  const asked = rule({ rules: [own({ statement: group, capacity: 200 })] }, 'Mine');
  expect(asked).toMatchObject({ OverrideAction: { None: {} } });
  expect(asked).not.toHaveProperty('Action');
  const counted = own({ statement: group, capacity: 200, action: WebAclAction.COUNT });
  expect(rule({ rules: [counted] }, 'Mine').OverrideAction).toEqual({ Count: {} });
});

describe('capacity', () => {
  const managed = Object.values(MANAGED_RULE_GROUP_CAPACITY).reduce((sum, capacity) => sum + capacity, 0);
  test.each<[WebAclManagedOptions, number]>([
    [{}, 0],
    [{ rateLimit: 100 }, 2],
    [{ rateLimits: [WebAclRateLimit.byForwardedIp(10)] }, 2],
    [{ rateLimits: [WebAclRateLimit.byApiKey(10)] }, 42],
    [{ denyIps: ['192.0.2.1', '2001:db8::1'], allowIps: ['192.0.2.2'] }, 3],
    [{ denyCountries: ['KP'] }, 1],
    [{ rules: [own({ capacity: 200 })] }, 200],
  ])('is counted: %j', (options, more) => {
    expect(new WebAclRules(options, owner).capacity).toBe(managed + more);
  });

  test('of 1500 is enough, and more must be asked for', () => {
    const options = (capacity: number) => ({ rules: [own({ capacity })] });
    expect(() => WebAcl.managed(options(575))).not.toThrow();
    expect(() => WebAcl.managed(options(576))).toThrow(
      'WebAcl.managed: the rules need 1501 capacity units, but 1500 are allowed; most need AWSManagedRulesCommonRuleSet (700), Mine (576), AWSManagedRulesKnownBadInputsRuleSet (200). Leave rules out, or set maxCapacity, up to 5000: more than 1500 cost extra',
    );
    expect(() => WebAcl.managed({ ...options(576), maxCapacity: 2000 })).not.toThrow();
  });
});

describe('the log', () => {
  test('holds no credentials', () => {
    const { logging, template } = made({ log: { redactedHeaders: ['X-Session'] } });
    expect(logging.RedactedFields.map(({ SingleHeader }: Json) => SingleHeader.Name)).toEqual([
      'authorization',
      'cookie',
      'x-api-key',
      'x-session',
    ]);
    const [id, group] = Object.entries<Json>(template.Resources).find(
      ([, { Type }]) => Type === 'AWS::Logs::LogGroup',
    )!;
    expect(group).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', Properties: { RetentionInDays: 365 } });
    const name = group.Properties.LogGroupName['Fn::Join'][1];
    expect(name.slice(0, 3)).toEqual(['aws-waf-logs-', { Ref: 'AWS::StackName' }, '/Orders-']);
    // The ARN attribute of a log group ends in `:*`, which AWS WAF does not take.
    expect(logging.LogDestinationConfigs).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:', { Ref: id }]] },
    ]);
  });

  test('goes to a group of your own', () => {
    const logGroup = LogGroup.fromLogGroupName(new Stack(new App(), 'Other'), 'G', 'aws-waf-logs-mine');
    const { logging, template } = made({ log: { logGroup } });
    expect(JSON.stringify(logging.LogDestinationConfigs)).toContain('log-group:aws-waf-logs-mine"');
    const { logging: beside } = made({ log: { logGroup: elsewhere('eu-west-1', '111122223333') } });
    expect(JSON.stringify(beside.LogDestinationConfigs)).toContain(
      ':logs:eu-west-1:111122223333:log-group:aws-waf-logs-x"',
    );
    expect(JSON.stringify(template)).not.toContain('AWS::Logs::LogGroup');
    const named = made({ log: { logGroupName: 'aws-waf-logs-x', removalPolicy: RemovalPolicy.DESTROY } }).template;
    expect(JSON.stringify(named)).toContain('"LogGroupName":"aws-waf-logs-x"');
  });
});

const many = Array.from({ length: 10_001 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
const codes = Array.from({ length: 51 }, (_, i) => `A${String.fromCharCode(65 + (i % 26))}`);
const group = LogGroup.fromLogGroupName(new Stack(new App(), 'Other'), 'G', 'logs');
const elsewhere = (region: string, account: string) =>
  LogGroup.fromLogGroupArn(
    new Stack(new App(), 'Other'),
    'G',
    `arn:aws:logs:${region}:${account}:log-group:aws-waf-logs-x`,
  );
const waf = LogGroup.fromLogGroupName(new Stack(new App(), 'Other'), 'G', 'aws-waf-logs-x');
test.each<[string, () => unknown, string]>([
  [
    'an address',
    () => WebAcl.managed({ denyIps: ['300.1.1.1'] }),
    'WebAcl.managed: denyIps: "300.1.1.1" is not an IP address',
  ],
  [
    'all addresses',
    () => WebAcl.managed({ onlyIps: ['0.0.0.0/0'] }),
    'onlyIps has "0.0.0.0/0", which is all addresses',
  ],
  ['no addresses', () => WebAcl.managed({ allowIps: [] }), 'allowIps is empty; leave it out'],
  [
    'many addresses',
    () => WebAcl.managed({ denyIps: many }),
    'denyIps has 10001 ranges of IPV4; the maximum of an IP set is 10000',
  ],
  [
    'a country',
    () => WebAcl.managed({ denyCountries: ['de'] }),
    'denyCountries has "de", which is not an ISO 3166-1 alpha-2 code; write "DE"',
  ],
  [
    'the name of a domain',
    () => WebAcl.managed({ allowCountries: ['DE', 'UK'] }),
    'allowCountries has "UK", which is not an ISO 3166-1 alpha-2 code; write "GB"',
  ],
  [
    'no country at all',
    () => WebAcl.managed({ denyCountries: ['ZZ'] }),
    'denyCountries has "ZZ", which is not an ISO 3166-1 alpha-2 code; write e.g. "DE"',
  ],
  ['no country', () => WebAcl.managed({ allowCountries: [] }), 'allowCountries is empty; leave it out'],
  [
    'many countries',
    () => WebAcl.managed({ denyCountries: codes }),
    'denyCountries has 51 countries; the maximum of AWS WAF is 50',
  ],
  [
    'both lists of countries',
    () => WebAcl.managed({ allowCountries: ['DE'], denyCountries: ['KP'] }),
    'has both allowCountries and denyCountries; countries that are not allowed are denied anyway',
  ],
  [
    'a limit',
    () => WebAclRateLimit.byForwardedIp(9),
    'WebAclRateLimit.byForwardedIp: the limit 9 must be a whole number of requests from 10',
  ],
  [
    'a window',
    () => WebAclRateLimit.byIp(10, { window: Duration.seconds(30) }),
    'byIp: window must be one of 1, 2, 5, 10 minutes, e.g. Duration.minutes(5), got: 30 seconds',
  ],
  [
    'a header',
    () => WebAclRateLimit.byHeader('x tenant', 10),
    'byHeader: "x tenant" is not a literal name of a header',
  ],
  [
    'two limits of one name',
    () => WebAcl.managed({ rateLimit: 10, rateLimits: [WebAclRateLimit.byIp(20)] }),
    'has two rules named "RateLimit"; leave one out, or rename it',
  ],
  [
    'many limits',
    () =>
      WebAcl.managed({
        rateLimit: 10,
        rateLimits: Array.from({ length: 9 }, (_, i) => WebAclRateLimit.byHeader(`x-${i}`, 10)),
        rules: [own({ statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: 10 } }, capacity: 2 })],
      }),
    'WebAcl.managed: has 11 rate limits; the maximum of an ACL is 10 rate-based rules; leave some out, or move them into rule groups',
  ],
  [
    'a name',
    () => WebAcl.managed({ rules: [own({ name: 'my rule' })] }),
    'the name "my rule" of a rule must be 1 to 128 of A-Z',
  ],
  [
    'a capacity',
    () => WebAcl.managed({ rules: [own({ capacity: 0 })] }),
    'rule "Mine": capacity must be a whole number of at least 1, got: 0',
  ],
  [
    'a group that allows',
    () =>
      WebAcl.managed({
        rules: [own({ statement: { ruleGroupReferenceStatement: { arn: 'a' } }, action: WebAclAction.ALLOW })],
      }),
    'rule "Mine": a rule group acts by its own rules, and cannot ALLOW',
  ],
  ['a capacity for all', () => WebAcl.managed({ maxCapacity: 5001 }), 'maxCapacity must be from 1 to 5000, got: 5001'],
  [
    'a log group',
    () => WebAcl.managed({ log: { logGroup: group } }),
    'log: the name of the log group must begin with "aws-waf-logs-", got: "logs"',
  ],
  [
    'a name of a log group',
    () => WebAcl.managed({ log: { logGroupName: 'logs' } }),
    'must begin with "aws-waf-logs-", got: "logs"',
  ],
  [
    'a retention of another group',
    () => WebAcl.managed({ log: { logGroup: waf, retention: RetentionDays.ONE_DAY } }),
    'log: retention would have no effect with logGroup, which has its own; leave it out',
  ],
  [
    'a log group of another Region',
    () => made({ log: { logGroup: elsewhere('us-east-1', '111122223333') } }),
    'WebAcl.managed: log: logGroup is in the region us-east-1, and the stack in eu-west-1; AWS WAF logs only to groups in its own Region and account. Pass one from there, or leave logGroup out for a new one, and let a subscription filter forward the log events',
  ],
  [
    'a log group of another account',
    () => made({ log: { logGroup: elsewhere('eu-west-1', '999999999999') } }),
    'log: logGroup is in the account 999999999999, and the stack in 111122223333; AWS WAF logs',
  ],
])('says what is wrong: %s', (_, make, message) => {
  expect(make).toThrow(message);
});
