import { type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type LogGroupOptions } from './log-group';
import { type WebAclRateLimit } from './web-acl-rate-limit';

/** What a rule does with a request that it matches. */
export enum WebAclAction {
  /** Lets it through; no later rule is asked. */
  ALLOW = 'ALLOW',
  /** Answers it with 403. */
  BLOCK = 'BLOCK',
  /** Counts it and goes on to the next rule. */
  COUNT = 'COUNT',
}

/**
 * A rule of your own.
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
   * What it matches.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-wafv2-webacl-statement.html
   */
  readonly statement: CfnWebACL.StatementProperty;

  /**
   * Capacity units that the statement needs: `aws wafv2 check-capacity` tells.
   */
  readonly capacity: number;

  /**
   * What becomes of a request that it matches. The statement of a rule group acts by its own rules; with COUNT they only
   * count.
   *
   * @default WebAclAction.BLOCK
   */
  readonly action?: WebAclAction;
}

/** The log of a web ACL: each request, and the rules that matched it. */
export interface WebAclLogOptions extends LogGroupOptions {
  /**
   * A log group of your own; its name must begin with `aws-waf-logs-`.
   *
   * @default - one is made
   */
  readonly logGroup?: ILogGroup;

  /**
   * Name of the log group that is made; it must begin with `aws-waf-logs-`.
   *
   * @default - `aws-waf-logs-`, the stack and the gateway
   */
  readonly logGroupName?: string;

  /**
   * Whether the log group is in the stack. Say `false` where it is there already and the log goes on in it: the group of
   * a gateway that was taken out was kept, and CloudFormation refuses to make it again when it comes back. It
   * keeps the retention and the key that it has.
   *
   * @default true
   */
  readonly declared?: boolean;

  /**
   * Headers whose values are left out, beside `authorization`, `cookie` and `x-api-key`.
   *
   * @default - none
   */
  readonly redactedHeaders?: string[];
}

/**
 * How `WebAcl.managed` protects an API. The rules are asked in this order: `denyIps`, `onlyIps`, countries, `allowIps`, bad
 * reputation, rate limits, rules of your own, known bad inputs, common attacks.
 *
 * @example
 * WebAcl.managed({ rateLimit: 2000, denyCountries: ['KP'], rateLimits: [WebAclRateLimit.byApiKey(10_000)], log: {} });
 */
export interface WebAclManagedOptions {
  /**
   * Blocks an IP address that sends more requests than this in 5 minutes, for as long as it does; from 10 to
   * 2,000,000,000.
   *
   * @default - no limit for each address
   */
  readonly rateLimit?: number;

  /**
   * More limits: by forwarded address behind a proxy or CDN, by header, by API key.
   *
   * @default - none
   */
  readonly rateLimits?: WebAclRateLimit[];

  /**
   * IP addresses and ranges that are let through before all rules that follow, rate limits and managed rules included: for
   * probes and partners that send what those would block. Of this list and those below, what only CloudFormation knows (a
   * parameter) is taken for IPv4.
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
   * The only IP addresses and ranges that may call; the other rules hold for them too.
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
   * Rules of your own.
   *
   * @default - none
   */
  readonly rules?: WebAclRule[];

  /**
   * Capacity units that all rules together may have. More than 1500 cost extra; 5000 are the most there can be.
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
