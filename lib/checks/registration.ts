import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { PLUGIN_NAME } from './finding-id';
import { addGateway, ConstructIndex } from './constructs';
import { RULES } from './registry';
import { findingsIn, NO_FINDINGS, reportOf } from './report';
import { isOff } from './switch';
import { LIBRARY_VERSION } from './version';

/** Shared by every copy of this library in the process. */
const GATEWAYS_ONLY: unique symbol = Symbol.for('cdk-apigateway-constructs.checks.gateways-only');

/** The checks of one Stage, for the resources of its gateways only. */
class GatewayChecks implements IPolicyValidationPlugin {
  public readonly name = PLUGIN_NAME;
  public readonly version = LIBRARY_VERSION;
  public readonly ruleIds = RULES.map(({ id }) => id);
  public readonly [GATEWAYS_ONLY] = true;
  private readonly gateways = new Set<IConstruct>();

  constructor(private readonly stage: Stage) {}

  public add(gateway: IConstruct): void {
    this.gateways.add(gateway);
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    if (isOff(this.stage) || isCheckedByHand(this.stage)) {
      return NO_FINDINGS;
    }
    const made = new ConstructIndex(...this.gateways);
    const findings = findingsIn(context, RULES).filter((finding) => made.pathOf(finding) !== undefined);
    return reportOf(context, findings, made);
  }
}

/** Whether the user added the checks to this Stage or to one around it: they then check the gateways too. */
function isCheckedByHand(stage: Stage): boolean {
  for (let at: Stage | undefined = stage; at !== undefined; at = at.parentStage) {
    if (at._validationPlugins.some((plugin) => plugin.name === PLUGIN_NAME && !(GATEWAYS_ONLY in plugin))) {
      return true;
    }
  }
  return false;
}

const checksByStage = new WeakMap<Stage, GatewayChecks>();

/** Checks everything under the gateway at synth, with one plugin for its App or Stage. */
export function registerGateway(gateway: IConstruct): void {
  addGateway(gateway);
  const stage = Stage.of(gateway);
  if (!stage) {
    return;
  }
  let checks = checksByStage.get(stage);
  if (!checks) {
    checks = new GatewayChecks(stage);
    checksByStage.set(stage, checks);
    Validations.of(stage).addPlugins(checks);
  }
  checks.add(gateway);
}
