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
 * Options of `ApiGatewayChecks`.
 *
 * @example
 * Validations.of(this).addPlugins(
 *   new ApiGatewayChecks({ profile: CheckProfile.PRODUCTION, severities: { 'REST-WAF1': Severity.ERROR } }),
 * );
 */
export interface ApiGatewayChecksProps {
  /**
   * Ids of rules that do not run, e.g. `REST-WAF1`.
   *
   * To accept a single finding with a reason, acknowledge it instead:
   * `Validations.of(construct).acknowledge({ id: 'ApiGateway::REST-WAF1', reason: '…' })`.
   *
   * @default - every rule runs
   */
  readonly disabledRules?: string[];

  /**
   * Severities of single rules: id → severity. If a rule reports one place with a milder severity than others, that place stays milder.
   *
   * @default - those of the profile, otherwise those of the rules: see docs/rules.md
   */
  readonly severities?: { [ruleId: string]: Severity };

  /**
   * The purpose of the app.
   *
   * @default - the severities of the rules, which are between those of the profiles
   */
  readonly profile?: CheckProfile;

  /**
   * Folder of an earlier cloud assembly, e.g. of the last deployment. Changes since then that reach no stage, because the
   * logical id of the deployment did not change, are reported (REST-DEP2).
   *
   * It is read when the checks are created, so it can be the folder that this synth writes to. If the folder does not
   * exist or is not a cloud assembly, an error is thrown.
   *
   * @default - the result of the last `cdk synth` in the folder that this one writes to (environment variable `CDK_OUTDIR`)
   */
  readonly previousAssembly?: string;
}

/**
 * Checks every API Gateway resource of an app at synth, whichever construct created it.
 *
 * Gateways of this library are checked without it; add it to check other APIs of the app as well:
 * `Validations.of(app).addPlugins(new ApiGatewayChecks())`. Errors fail the synth, warnings are shown, and hints
 * (severity `info`) are shown only by `apigw check --severity info`. The context `cdk-apigateway-constructs:checks: false` turns
 * off these checks, and those of the gateways.
 */
export class ApiGatewayChecks implements IPolicyValidationPlugin {
  /**
   * Name of the plugin, and the prefix of ids that acknowledge its findings.
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
   * Reads the templates and reports violations of rules. Called by CDK at the end of the synth.
   *
   * @param context the synthesized app
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return isOff(context.appConstruct)
      ? NO_FINDINGS
      : reportOf(context, findingsIn(context, this.rules, this.previous));
  }
}
