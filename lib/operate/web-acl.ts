import { Stack, Token } from 'aws-cdk-lib';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { type Construct } from 'constructs';
import { RATE_MAX, RATE_MIN } from '../facts/web-acl';
import { Owner, show } from '../authoring/errors';
import { checkWebAclLog, logWebAcl } from './web-acl-log';
import { type WebAclLogOptions, type WebAclManagedOptions } from './web-acl-options';
import { isRateLimit } from './web-acl-rate-limit';
import { visibility, WebAclRules } from './web-acl-rules';

/** The protection of a stage: an ACL, or the reason why it has none. */
export interface BoundWebAcl {
  readonly webAclArn?: string;
  readonly reason?: string;
}

/** The AWS WAF protection of a REST API; HTTP and WebSocket APIs cannot have one. */
export abstract class WebAcl {
  /**
   * A new ACL with the AWS managed rule groups that cost nothing extra: common attacks, known bad inputs, and addresses with a
   * bad reputation. The ACL itself, its rules and the requests are billed.
   *
   * Bodies over 8 KB, which the common rules block, are only counted: API Gateway accepts 10 MB.
   */
  public static managed(options: WebAclManagedOptions = {}): WebAcl {
    const owner = new Owner('WebAcl.managed');
    const { rateLimit, log } = options;
    if (rateLimit !== undefined && !isRateLimit(rateLimit)) {
      throw owner.error(
        `rateLimit ${show(rateLimit)} must be a whole number from ${RATE_MIN} to ${RATE_MAX}: ` +
          'requests in 5 minutes from one IP address, e.g. { rateLimit: 2000 }.',
      );
    }
    if (log) checkWebAclLog(log, owner.part('log'));
    return new ManagedWebAcl(new WebAclRules(options, owner), log);
  }

  /** An existing ACL, with the scope REGIONAL and in the Region of the API. */
  public static fromArn(webAclArn: string): WebAcl {
    const owner = new Owner('WebAcl.fromArn');
    if (/:global\/webacl\//.test(webAclArn)) {
      throw owner.error(
        `${show(webAclArn)} has the scope CLOUDFRONT, which protects CloudFront distributions only. ` +
          'Pass an ACL with the scope REGIONAL ("arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>"), ' +
          'or use this one on the distribution in front of the API, and write WebAcl.none(reason) here.',
      );
    }
    if (!Token.isUnresolved(webAclArn) && !WEB_ACL_ARN.test(webAclArn)) {
      throw owner.error(
        `${show(webAclArn)} is not the ARN of a WAFv2 web ACL; it must be ` +
          '"arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>".',
      );
    }
    return new ExistingWebAcl({ webAclArn });
  }

  /** No ACL, on purpose. The reason is shown in reports. */
  public static none(reason: string): WebAcl {
    if (reason.trim() === '') {
      throw new Owner('WebAcl.none').error(
        'the reason is empty. Write why the API needs no web ACL, e.g. WebAcl.none("private API, callers are our own services").',
      );
    }
    return new ExistingWebAcl({ reason: reason.trim() });
  }

  /** @internal */
  public abstract _bind(scope: Construct): BoundWebAcl;

  /**
   * Attaches the ACL to a stage; does nothing if there is none.
   * @internal
   */
  public _associate(scope: Construct, id: string, stageArn: string): CfnWebACLAssociation | undefined {
    const { webAclArn } = this._bind(scope);
    return webAclArn === undefined
      ? undefined
      : new CfnWebACLAssociation(scope, id, { resourceArn: stageArn, webAclArn });
  }
}

const WEB_ACL_ARN = /^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\/[^/]+\/[^/]+$/;
const ACL_ID = 'WebAcl';

class ExistingWebAcl extends WebAcl {
  constructor(private readonly bound: BoundWebAcl) {
    super();
  }

  /** @internal */
  public _bind(scope: Construct): BoundWebAcl {
    const { webAclArn } = this.bound;
    if (webAclArn !== undefined && !Token.isUnresolved(webAclArn)) checkPlace(scope, webAclArn);
    return this.bound;
  }
}

/** @throws if the ACL is in another Region or account than the API */
function checkPlace(scope: Construct, webAclArn: string): void {
  const own = Stack.of(scope);
  const [, , , region, account] = webAclArn.split(':');
  const given = { region, account };
  for (const place of ['region', 'account'] as const) {
    if (Token.isUnresolved(own[place]) || own[place] === given[place]) continue;
    throw new Owner('WebAcl.fromArn').error(
      `${show(webAclArn)} is in the ${place} ${given[place]}, and the API in ${own[place]}; an ACL protects APIs only in its own ` +
        'Region and account. Pass an ACL from there, or use WebAcl.managed()',
    );
  }
}

class ManagedWebAcl extends WebAcl {
  constructor(
    private readonly rules: WebAclRules,
    private readonly log?: WebAclLogOptions,
  ) {
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
      rules: this.rules.make(scope),
    });
    if (this.log) logWebAcl(scope, acl, this.log);
    return { webAclArn: acl.attrArn };
  }
}
