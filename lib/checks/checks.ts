import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { type TemplateSource } from '../template/reader/source';
import { PLUGIN_NAME } from './finding-id';
import { previousTemplates } from './previous';
import { checkProps } from './props-check';
import { RULES } from './registry';
import { findingsIn, NO_FINDINGS, reportOf } from './report';
import { type Rule } from './rule';
import { rulesFor } from './queries/settings';
import { type CheckProfile, type Severity } from './severity';
import { isOff } from './switch';
import { LIBRARY_VERSION } from './version';

/**
 * What to check.
 *
 * @example
 * Validations.of(this).addPlugins(
 *   new ApiGatewayChecks({ profile: CheckProfile.PRODUCTION, severities: { 'REST-WAF1': Severity.ERROR } }),
 * );
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

  /**
   * Folder of an earlier cloud assembly, e.g. of the one that was deployed last. What changed since under a deployment whose
   * logical id did not change reaches no stage, and is told (REST-DEP2).
   *
   * It is read when the checks are made, so that it may be the folder that this synth writes to. An error is thrown where it
   * is not there, or is no cloud assembly.
   *
   * @default - what the last `cdk synth` left in the folder that this one writes to (environment variable `CDK_OUTDIR`)
   */
  readonly previousAssembly?: string;
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
  private readonly previous: readonly TemplateSource[];

  constructor(props: ApiGatewayChecksProps = {}) {
    checkProps(props, new.target !== ApiGatewayChecks);
    this.rules = rulesFor(RULES, props, 'ApiGatewayChecks');
    this.ruleIds = this.rules.map(({ id }) => id);
    this.previous = previousTemplates(props.previousAssembly);
  }

  /**
   * Reads the templates and reports what breaks a rule. Called by CDK at the end of the synth.
   *
   * @param context what was synthesized
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return isOff(context.appConstruct)
      ? NO_FINDINGS
      : reportOf(context, findingsIn(context, this.rules, this.previous));
  }
}
