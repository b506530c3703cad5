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
 * Capacity units that the basic price of a web ACL covers, and the maximum.
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
 * Capacity units of one text transformation. Whether `NONE` counts is not documented, so it does.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
 */
export const TEXT_TRANSFORMATION_CAPACITY = 10;

/**
 * Maximum addresses and ranges of one IP set.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */
export const ADDRESSES_PER_IP_SET = 10_000;

/**
 * Maximum countries of one geographic statement.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */
export const COUNTRIES_PER_STATEMENT = 50;

/**
 * Countries of a geographic statement: the codes of ISO 3166-1 alpha-2, and XK.
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_GeoMatchStatement.html
 */
export const COUNTRY_CODES: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
    'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
    'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
    'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
    'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
    'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
  ).split(' '),
);

/** Common but invalid codes of countries, e.g. in the names of their domains. */
export const COUNTRY_CODES_MEANT: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR', EN: 'GB' };

/**
 * The required prefix of the name of a destination of its logs.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export const WAF_LOG_PREFIX = 'aws-waf-logs-';

/** The managed rule of the common group that blocks bodies over 8 KB. */
export const BODY_SIZE_RULE = 'SizeRestrictions_BODY';

/**
 * Why a gateway does not support a web ACL, and the alternative: AWS WAF protects stages of REST APIs, and of no other kind.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webaclassociation.html
 */
export const WEB_ACL_REFUSED = { http: refusalOf('HTTP'), websocket: refusalOf('WebSocket') } as const;

function refusalOf(kind: string): string {
  return (
    `AWS WAF protects REST APIs, not ${kind} APIs. Put a CloudFront distribution with a web ACL of the scope CLOUDFRONT in front, ` +
    'and allow only it to reach the API (a secret header that the authorizer checks); or leave webAcl out'
  );
}
