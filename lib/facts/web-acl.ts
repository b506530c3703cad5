/** Facts of AWS WAF. */

/**
 * Capacity units of the managed rule groups in use here.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const MANAGED_RULE_GROUP_CAPACITY = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
} as const;

/**
 * Capacity units that the basic price of a web ACL covers, and those that it can have at all.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
 */
export const BASIC_CAPACITY = 1500;
export const MAX_CAPACITY = 5000;

/**
 * Capacity units of one match on a country or an IP set.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html
 */
export const MATCH_CAPACITY = 1;

/**
 * Capacity units of a rate-based statement, and of each custom key in it.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export const RATE_CAPACITY = 2;
export const RATE_KEY_CAPACITY = 30;

/**
 * Requests in a window, and the windows in seconds.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
 */
export const RATE_MIN = 10;
export const RATE_MAX = 2_000_000_000;
export const RATE_WINDOWS_SECONDS: readonly number[] = [60, 120, 300, 600];

/**
 * Rate-based rules of one web ACL; cannot be raised.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */
export const RATE_RULES_PER_ACL = 10;

/**
 * Capacity units of one text transformation. Whether `NONE` counts is not said, so it does.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
 */
export const TEXT_TRANSFORMATION_CAPACITY = 10;

/**
 * Addresses and ranges of one IP set.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */
export const ADDRESSES_PER_IP_SET = 10_000;

/**
 * Countries of one geographic statement.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */
export const COUNTRIES_PER_STATEMENT = 50;

/**
 * What the name of a destination of its logs must begin with.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export const WAF_LOG_PREFIX = 'aws-waf-logs-';

/** The managed rule of the common group that blocks bodies over 8 KB. */
export const BODY_SIZE_RULE = 'SizeRestrictions_BODY';

/**
 * Why a gateway takes no web ACL, and what to do instead: AWS WAF protects stages of REST APIs, and of no other kind.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webaclassociation.html
 */
export const WEB_ACL_REFUSED = { http: refusalOf('HTTP'), websocket: refusalOf('WebSocket') } as const;

function refusalOf(kind: string): string {
  return (
    `AWS WAF protects REST APIs, and not ${kind} APIs. Put a CloudFront distribution with a web ACL of the scope CLOUDFRONT in front, ` +
    'and let nothing but it reach the API (a secret header that the authorizer checks); or leave webAcl out'
  );
}
