import { type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type LogGroupOptions } from './log-group';
import { type WebAclRateLimit } from './web-acl-rate-limit';

/** The action of a rule for a request that it matches. */
export enum WebAclAction {
  /** Allows it; no later rule is evaluated. */
  ALLOW = 'ALLOW',
  /** Blocks it with a 403 response. */
  BLOCK = 'BLOCK',
  /** Counts it and continues with the next rule. */
  COUNT = 'COUNT',
}

/**
 * A custom rule.
 *
 * @example
 * const rule: WebAclRule = {
 *   name: 'AdminsFromGermany',
 *   action: WebAclAction.COUNT,
 *   statement: { geoMatchStatement: { countryCodes: ['DE'] } },
 *   capacity: 1,
 * };
 */
export interface WebAclRule {
  /**
   * Name of the rule and of its metric: A-Z a-z 0-9 - _, up to 128 characters.
   */
  readonly name: string;

  /**
   * The condition of the rule.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-wafv2-webacl-statement.html
   */
  readonly statement: CfnWebACL.StatementProperty;

  /**
   * Capacity units that the statement needs: see `aws wafv2 check-capacity`.
   */
  readonly capacity: number;

  /**
   * The action for a request that it matches. The statement of a rule group acts by its own rules; with COUNT they only
   * count.
   *
   * @default WebAclAction.BLOCK
   */
  readonly action?: WebAclAction;
}

/** The log of a web ACL: each request, and the rules that matched it. */
export interface WebAclLogOptions extends LogGroupOptions {
  /**
   * An existing log group; its name must begin with `aws-waf-logs-`.
   *
   * @default - a new one
   */
  readonly logGroup?: ILogGroup;

  /**
   * Name of the new log group; it must begin with `aws-waf-logs-`.
   *
   * @default - `aws-waf-logs-`, the stack and the gateway
   */
  readonly logGroupName?: string;

  /**
   * Whether the log group is in the stack. Set `false` if it exists already and the log continues in it: the group of
   * a gateway that was removed was kept, and CloudFormation cannot create it again when the gateway comes back. It
   * keeps its retention and its key.
   *
   * @default true
   */
  readonly declared?: boolean;

  /**
   * Headers whose values are redacted, in addition to `authorization`, `cookie` and `x-api-key`.
   *
   * @default - none
   */
  readonly redactedHeaders?: string[];
}

/**
 * The protection of an API by `WebAcl.managed`. The rules are evaluated in this order: `denyIps`, `onlyIps`, countries, `allowIps`, bad
 * reputation, rate limits, custom rules, known bad inputs, common attacks.
 *
 * @example
 * WebAcl.managed({ rateLimit: 2000, denyCountries: ['KP'], rateLimits: [WebAclRateLimit.byApiKey(10_000)], log: {} });
 */
export interface WebAclManagedOptions {
  /**
   * Blocks an IP address that sends more requests than this in 5 minutes, until its rate drops; from 10 to
   * 2,000,000,000.
   *
   * @default - no limit per address
   */
  readonly rateLimit?: number;

  /**
   * More limits: by forwarded address behind a proxy or CDN, by header, by API key.
   *
   * @default - none
   */
  readonly rateLimits?: WebAclRateLimit[];

  /**
   * IP addresses and ranges that are allowed before all rules that follow, including rate limits and managed rules: for
   * probes and partners whose requests those would block. In this list and those below, a value that only CloudFormation knows (a
   * parameter) is treated as IPv4.
   *
   * @default - none
   */
  readonly allowIps?: string[];

  /**
   * IP addresses and ranges that are blocked.
   *
   * @default - none
   */
  readonly denyIps?: string[];

  /**
   * The only IP addresses and ranges that may call; the other rules apply to them too.
   *
   * @default - all
   */
  readonly onlyIps?: string[];

  /**
   * The only countries that may call, as ISO 3166-1 alpha-2 codes, e.g. `DE`.
   *
   * @default - all
   */
  readonly allowCountries?: string[];

  /**
   * Countries that are blocked, as ISO 3166-1 alpha-2 codes.
   *
   * @default - none
   */
  readonly denyCountries?: string[];

  /**
   * Custom rules.
   *
   * @default - none
   */
  readonly rules?: WebAclRule[];

  /**
   * Capacity units that all rules together may have. More than 1500 cost extra; the maximum is 5000.
   *
   * @default 1500
   */
  readonly maxCapacity?: number;

  /**
   * Logs requests, without credentials.
   *
   * @default - no log; sampled requests are in the console
   */
  readonly log?: WebAclLogOptions;
}
