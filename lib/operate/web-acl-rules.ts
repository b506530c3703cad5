import { Token } from 'aws-cdk-lib';
import { CfnIPSet, type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { type Construct } from 'constructs';
import {
  ADDRESSES_PER_IP_SET,
  BASIC_CAPACITY,
  BODY_SIZE_RULE,
  COUNTRIES_PER_STATEMENT,
  COUNTRY_CODES,
  COUNTRY_CODES_MEANT,
  MANAGED_RULE_GROUP_CAPACITY,
  MATCH_CAPACITY,
  MAX_CAPACITY,
  RATE_RULES_PER_ACL,
} from '../facts/web-acl';
import { type Owner, show } from '../authoring/errors';
import { parseIpRange } from '../authoring/ip-range';
import { WebAclAction, type WebAclManagedOptions, type WebAclRule } from './web-acl-options';
import { WebAclRateLimit } from './web-acl-rate-limit';

/** A rule before its priority, which is its place. */
type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>;

interface Weighed {
  readonly capacity: number;
  /** Called once the rules are checked, since some have IP sets. */
  readonly make: (scope: Construct) => Rule;
  readonly name: string;
}

type ManagedGroup = keyof typeof MANAGED_RULE_GROUP_CAPACITY;

/** The rules of a web ACL, checked, in the order in which they are evaluated. */
export class WebAclRules {
  public readonly capacity: number;
  private readonly rules: readonly Weighed[];

  /** @throws if AWS WAF does not accept a rule, or all together need too much capacity */
  constructor(options: WebAclManagedOptions, owner: Owner) {
    const limits = [
      ...(options.rateLimit === undefined ? [] : [WebAclRateLimit.byIp(options.rateLimit)]),
      ...(options.rateLimits ?? []),
    ];
    this.rules = [
      ...ipRule('DenyIps', options.denyIps, 'denyIps', owner, blocked),
      ...ipRule('OnlyIps', options.onlyIps, 'onlyIps', owner, (listed) =>
        blocked({ notStatement: { statement: listed } }),
      ),
      ...geoRules(options, owner),
      ...ipRule('AllowIps', options.allowIps, 'allowIps', owner, (listed) => ({
        statement: listed,
        action: { allow: {} },
      })),
      managed('AWSManagedRulesAmazonIpReputationList'),
      ...limits.map(rateRule),
      ...(options.rules ?? []).map((rule) => ownRule(rule, owner)),
      managed('AWSManagedRulesKnownBadInputsRuleSet'),
      managed('AWSManagedRulesCommonRuleSet', [BODY_SIZE_RULE]),
    ];
    this.capacity = this.rules.reduce((sum, { capacity }) => sum + capacity, 0);
    const rates = limits.length + (options.rules ?? []).filter(({ statement }) => statement.rateBasedStatement).length;
    if (rates > RATE_RULES_PER_ACL) {
      throw owner.error(
        `has ${rates} rate limits; the maximum of an ACL is ${RATE_RULES_PER_ACL} rate-based rules; leave some out, or move them into rule groups`,
      );
    }
    this.check(options, owner);
  }

  /** The rules, and the IP sets that they refer to. */
  public make(scope: Construct): CfnWebACL.RuleProperty[] {
    return this.rules.map((rule, priority) => ({ ...rule.make(scope), priority }));
  }

  private check({ maxCapacity = BASIC_CAPACITY }: WebAclManagedOptions, owner: Owner): void {
    const names = this.rules.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw owner.error(`has two rules named "${twice}"; leave one out, or rename it`);
    if (!(maxCapacity >= 1 && maxCapacity <= MAX_CAPACITY)) {
      throw owner.error(`maxCapacity must be from 1 to ${MAX_CAPACITY}, got: ${maxCapacity}`);
    }
    if (this.capacity > maxCapacity) {
      const heaviest = [...this.rules].sort((a, b) => b.capacity - a.capacity).slice(0, 3);
      throw owner.error(
        `the rules need ${this.capacity} capacity units, but ${maxCapacity} are allowed; most need ` +
          `${heaviest.map(({ name, capacity }) => `${name} (${capacity})`).join(', ')}. ` +
          `Leave rules out, or set maxCapacity, up to ${MAX_CAPACITY}: more than ${BASIC_CAPACITY} cost extra`,
      );
    }
  }
}

const blocked = (statement: CfnWebACL.StatementProperty) => ({ statement, action: { block: {} } });

/** A rule on a list of addresses, with an IP set for each family that is in it. */
function ipRule(
  name: string,
  ranges: readonly string[] | undefined,
  option: string,
  owner: Owner,
  act: (listed: CfnWebACL.StatementProperty) => Pick<Rule, 'statement' | 'action'>,
): Weighed[] {
  if (ranges === undefined) return [];
  if (ranges.length === 0) throw owner.error(`${option} is empty; leave it out`);
  const sets = { IPV4: new Set<string>(), IPV6: new Set<string>() };
  const isToken = Token.isUnresolved(ranges);
  for (const range of ranges) {
    // A value that only CloudFormation knows, one range or a whole list, is treated as IPv4.
    if (isToken || Token.isUnresolved(range)) {
      sets.IPV4.add(range);
      continue;
    }
    const { address, family, prefix } = parseIpRange(range, owner.part(option));
    if (prefix === 0) {
      throw owner.error(`${option} has ${show(range)}, which is all addresses; AWS WAF accepts ranges from /1`);
    }
    sets[family === 'ipv4' ? 'IPV4' : 'IPV6'].add(`${address}/${prefix}`);
  }
  const families = (['IPV4', 'IPV6'] as const).filter((family) => sets[family].size > 0);
  const large = families.find((family) => sets[family].size > ADDRESSES_PER_IP_SET);
  if (large) {
    throw owner.error(
      `${option} has ${sets[large].size} ranges of ${large}; the maximum of an IP set is ${ADDRESSES_PER_IP_SET}`,
    );
  }
  const make = (scope: Construct): Rule => {
    const statements = families.map((family) => {
      const set = new CfnIPSet(scope, `WebAcl${name}-${family}`, {
        scope: 'REGIONAL',
        ipAddressVersion: family,
        // The order of a list does not change its meaning.
        addresses: [...sets[family]].sort(),
      });
      return { ipSetReferenceStatement: { arn: set.attrArn } };
    });
    const listed = statements.length === 1 ? statements[0] : { orStatement: { statements } };
    return { name, ...act(listed), visibilityConfig: visibility(name) };
  };
  return [{ name, capacity: families.length * MATCH_CAPACITY, make }];
}

function geoRules({ allowCountries, denyCountries }: WebAclManagedOptions, owner: Owner): Weighed[] {
  if (allowCountries && denyCountries) {
    throw owner.error(
      'has both allowCountries and denyCountries; countries that are not allowed are denied anyway, so leave one out',
    );
  }
  const rule = (
    name: string,
    option: string,
    codes: readonly string[],
    act: (listed: CfnWebACL.StatementProperty) => Pick<Rule, 'statement' | 'action'>,
  ): Weighed => {
    if (codes.length === 0) throw owner.error(`${option} is empty; leave it out`);
    if (codes.length > COUNTRIES_PER_STATEMENT) {
      throw owner.error(
        `${option} has ${codes.length} countries; the maximum of AWS WAF is ${COUNTRIES_PER_STATEMENT}; use the opposite list, or custom rules`,
      );
    }
    const isToken = Token.isUnresolved(codes);
    const wrong = codes.find((code) => !isToken && !Token.isUnresolved(code) && !COUNTRY_CODES.has(code));
    if (wrong !== undefined) {
      const upper = String(wrong).toUpperCase();
      const meant = COUNTRY_CODES.has(upper) ? upper : (COUNTRY_CODES_MEANT[upper] ?? 'DE');
      const eg = COUNTRY_CODES.has(upper) || upper in COUNTRY_CODES_MEANT ? '' : 'e.g. ';
      throw owner.error(`${option} has ${show(wrong)}, which is not an ISO 3166-1 alpha-2 code; write ${eg}"${meant}"`);
    }
    const listed = { geoMatchStatement: { countryCodes: [...new Set(codes)].sort() } };
    return {
      name,
      capacity: MATCH_CAPACITY,
      make: () => ({ name, ...act(listed), visibilityConfig: visibility(name) }),
    };
  };
  return [
    ...(denyCountries ? [rule('DenyCountries', 'denyCountries', denyCountries, blocked)] : []),
    ...(allowCountries
      ? [
          rule('AllowCountries', 'allowCountries', allowCountries, (listed) =>
            blocked({ notStatement: { statement: listed } }),
          ),
        ]
      : []),
  ];
}

function rateRule(limit: WebAclRateLimit): Weighed {
  const { name, capacity, statement } = limit._bind();
  return {
    name,
    capacity,
    make: () => ({ name, ...blocked({ rateBasedStatement: statement }), visibilityConfig: visibility(name) }),
  };
}

function ownRule({ name, statement, capacity, action = WebAclAction.BLOCK }: WebAclRule, owner: Owner): Weighed {
  if (!/^[\w-]{1,128}$/.test(name)) {
    throw owner.error(`the name ${show(name)} of a rule must be 1 to 128 of A-Z a-z 0-9 - _`);
  }
  const where = owner.part(`rule "${name}"`);
  if (!(Number.isInteger(capacity) && capacity >= 1)) {
    throw where.error(
      `capacity must be a whole number of at least 1, got: ${capacity}; aws wafv2 check-capacity shows what the statement needs`,
    );
  }
  const isGroup = Boolean(statement.managedRuleGroupStatement ?? statement.ruleGroupReferenceStatement);
  if (isGroup && action === WebAclAction.ALLOW) {
    throw where.error('a rule group acts by its own rules, and cannot ALLOW; leave action out, or write COUNT');
  }
  const act = isGroup
    ? { overrideAction: action === WebAclAction.COUNT ? { count: {} } : { none: {} } }
    : { action: { [action.toLowerCase()]: {} } };
  return { name, capacity, make: () => ({ name, statement, ...act, visibilityConfig: visibility(name) }) };
}

function managed(name: ManagedGroup, counted: readonly string[] = []): Weighed {
  const overrides = counted.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  const make = (): Rule => ({
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ...(overrides.length > 0 ? { ruleActionOverrides: overrides } : {}),
      },
    },
    visibilityConfig: visibility(name),
  });
  return { name, capacity: MANAGED_RULE_GROUP_CAPACITY[name], make };
}

/** Metrics and samples of a rule, or of the ACL. */
export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
