import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { PLUGIN_NAME } from './finding-id';
import { RULES } from './registry';
import { findingsIn, NO_FINDINGS, reportOf } from './report';
import { type Rule } from './rule';
import { rulesFor } from './settings';
import { type CheckProfile, type Severity } from './severity';
import { isOff } from './switch';
import { LIBRARY_VERSION } from './version';

/**
 * What to check.
 */
export interface ApiGatewayChecksProps {
  /**
   * Ids of rules that are not to run at all, e.g. `REST-WAF1`.
   *
   * To answer a single finding with a reason, acknowledge it instead:
   * `Validations.of(construct).acknowledge({ id: 'ApiGateway::REST-WAF1', reason: '…' })`.
   *
   * @default - every rule runs
   */
  readonly disabledRules?: string[];

  /**
   * Severities of single rules: id → severity. Where a rule judges one place milder than others, that place stays milder.
   *
   * @default - those of the profile, else of the rules: see docs/rules.md
   */
  readonly severities?: { [ruleId: string]: Severity };

  /**
   * What the app is for.
   *
   * @default - the severities of the rules, which lie between the profiles
   */
  readonly profile?: CheckProfile;
}

/**
 * Checks every API Gateway resource of an app at synth, whichever construct made it.
 *
 * Gateways of this library are checked without it; add it to check the APIs beside them as well:
 * `Validations.of(app).addPlugins(new ApiGatewayChecks())`. What is in error fails the synth, warnings are shown, and hints
 * (severity `info`) are left to `apigw check --severity info`. The context `cdk-apigateway-constructs:checks: false` turns
 * off these checks, and those of the gateways.
 */
export class ApiGatewayChecks implements IPolicyValidationPlugin {
  /**
   * Name of the plugin, and the prefix of what acknowledges its findings.
   */
  public readonly name = PLUGIN_NAME;

  /**
   * Version of this library.
   */
  public readonly version? = LIBRARY_VERSION;

  /**
   * Ids of the rules that run.
   */
  public readonly ruleIds?: string[];

  private readonly rules: readonly Rule[];

  constructor(props: ApiGatewayChecksProps = {}) {
    this.rules = rulesFor(RULES, props, 'ApiGatewayChecks');
    this.ruleIds = this.rules.map(({ id }) => id);
  }

  /**
   * Reads the templates and reports what breaks a rule. Called by CDK at the end of the synth.
   *
   * @param context what was synthesized
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return isOff(context.appConstruct) ? NO_FINDINGS : reportOf(context, findingsIn(context, this.rules));
  }
}
