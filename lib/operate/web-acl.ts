import { Token } from 'aws-cdk-lib';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { type Construct } from 'constructs';
import { Owner, show } from '../shared/errors';

/** How `WebAcl.managed` protects an API. */
export interface WebAclManagedOptions {
  /**
   * Blocks an IP address that sends more requests than this in 5 minutes, for as long as it does; from 10 to
   * 2,000,000,000.
   *
   * @default - no limit for each address
   */
  readonly rateLimit?: number;
}

/** What a stage gets: an ACL, or the reason why it has none. */
export interface BoundWebAcl {
  readonly webAclArn?: string;
  readonly reason?: string;
}

/** The AWS WAF protection of a REST API; HTTP and WebSocket APIs cannot have one. */
export abstract class WebAcl {
  /**
   * A new ACL with the rule groups of AWS that cost nothing extra: common attacks, known bad inputs, and addresses with a
   * bad reputation. The ACL itself, its rules and the requests have their price.
   *
   * Bodies over 8 KB, which the common rules block, are only counted: API Gateway takes 10 MB.
   */
  public static managed(options: WebAclManagedOptions = {}): WebAcl {
    const { rateLimit } = options;
    if (rateLimit !== undefined && !Token.isUnresolved(rateLimit) && !isRateLimit(rateLimit)) {
      throw new Owner('WebAcl.managed').error(
        `rateLimit ${show(rateLimit)} must be a whole number from ${MIN_RATE} to ${MAX_RATE}: ` +
          'requests in 5 minutes from one IP address, e.g. { rateLimit: 2000 }.',
      );
    }
    return new ManagedWebAcl(rateLimit);
  }

  /** An ACL that exists, of the scope REGIONAL and in the region of the API. */
  public static fromArn(webAclArn: string): WebAcl {
    const owner = new Owner('WebAcl.fromArn');
    if (/:global\/webacl\//.test(webAclArn)) {
      throw owner.error(
        `${show(webAclArn)} has the scope CLOUDFRONT, which protects CloudFront distributions only. ` +
          'Give an ACL of the scope REGIONAL ("arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>"), ' +
          'or put this one on the distribution before the API, and write WebAcl.none(reason) here.',
      );
    }
    if (!Token.isUnresolved(webAclArn) && !WEB_ACL_ARN.test(webAclArn)) {
      throw owner.error(
        `${show(webAclArn)} is not the ARN of a WAFv2 web ACL; it must read ` +
          '"arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>".',
      );
    }
    return new ExistingWebAcl({ webAclArn });
  }

  /** No ACL, on purpose. The reason is shown where a report asks for one. */
  public static none(reason: string): WebAcl {
    if (reason.trim() === '') {
      throw new Owner('WebAcl.none').error(
        'the reason is empty. Say why the API needs no web ACL, e.g. WebAcl.none("private API, callers are our own services").',
      );
    }
    return new ExistingWebAcl({ reason: reason.trim() });
  }

  /** @internal */
  public abstract _bind(scope: Construct): BoundWebAcl;

  /**
   * Puts the ACL on a stage; nothing where there is none.
   * @internal
   */
  public _associate(scope: Construct, id: string, stageArn: string): CfnWebACLAssociation | undefined {
    const { webAclArn } = this._bind(scope);
    return webAclArn === undefined
      ? undefined
      : new CfnWebACLAssociation(scope, id, { resourceArn: stageArn, webAclArn });
  }
}

const MIN_RATE = 10;
const MAX_RATE = 2_000_000_000;
const WEB_ACL_ARN = /^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\/[^/]+\/[^/]+$/;
const ACL_ID = 'WebAcl';

function isRateLimit(rate: number): boolean {
  return Number.isInteger(rate) && rate >= MIN_RATE && rate <= MAX_RATE;
}

class ExistingWebAcl extends WebAcl {
  constructor(private readonly bound: BoundWebAcl) {
    super();
  }

  /** @internal */
  public _bind(_scope: Construct): BoundWebAcl {
    return this.bound;
  }
}

class ManagedWebAcl extends WebAcl {
  constructor(private readonly rateLimit?: number) {
    super();
  }

  /** @internal */
  public _bind(scope: Construct): BoundWebAcl {
    const made = scope.node.tryFindChild(ACL_ID);
    if (made instanceof CfnWebACL) return { webAclArn: made.attrArn };
    const acl = new CfnWebACL(scope, ACL_ID, {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      description: 'Managed rules for an API of API Gateway',
      visibilityConfig: visibility('WebAcl'),
      rules: rulesOf(this.rateLimit),
    });
    return { webAclArn: acl.attrArn };
  }
}

/**
 * 925 of the 1,500 capacity units that the basic price covers (reputation 25, known bad inputs 200, common 700), and 2
 * for the rate; https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
function rulesOf(rateLimit: number | undefined): CfnWebACL.RuleProperty[] {
  const rate: Omit<CfnWebACL.RuleProperty, 'priority'> = {
    name: 'RateLimit',
    action: { block: {} },
    statement: { rateBasedStatement: { aggregateKeyType: 'IP', evaluationWindowSec: 300, limit: rateLimit ?? 0 } },
    visibilityConfig: visibility('RateLimit'),
  };
  return [
    managed('AWSManagedRulesAmazonIpReputationList'),
    ...(rateLimit === undefined ? [] : [rate]),
    managed('AWSManagedRulesKnownBadInputsRuleSet'),
    managed('AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
  ].map((rule, priority) => ({ ...rule, priority }));
}

function managed(name: string, counted: readonly string[] = []): Omit<CfnWebACL.RuleProperty, 'priority'> {
  const overrides = counted.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  return {
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
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
