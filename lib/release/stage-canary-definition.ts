import { type CfnResource, Token } from 'aws-cdk-lib';
import { type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CANARY_CONFIG_MAX_BYTES } from '../facts/quotas';
import { type Owner, show } from '../authoring/errors';
import { validateStageVariables } from '../stages/stage-variables';

/** A step of a release that goes on by itself. */
export interface ReleaseStep {
  readonly percent: number;
  readonly seconds: number;
}

/** A canary of a stage, checked, every default filled in. */
export interface CanaryDefinition {
  /** Share of the candidate when it comes. */
  readonly percent: number;
  readonly steps?: readonly ReleaseStep[];
  readonly alarms: readonly IAlarm[];
  readonly onActiveCanary: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** The alarms that the handlers take. */
export const MAX_ALARMS = 10;

/** @throws where the share is none */
export function definePercent(percent: number, name: string, owner: Owner): number {
  if (Token.isUnresolved(percent) || (percent > 0 && percent <= 100)) return percent;
  throw owner.error(
    `${name} is ${show(percent)}; write the share of the requests in percent, more than 0 and up to 100`,
  );
}

/** @throws where an alarm or a variable is not what a canary takes */
export function defineStageCanary(canary: CanaryDefinition, owner: Owner): CanaryDefinition {
  const alarms = [...new Set(canary.alarms)];
  for (const alarm of alarms) {
    const resource = alarm.node.defaultChild as CfnResource | undefined;
    if (resource?.cfnResourceType === 'AWS::CloudWatch::CompositeAlarm') {
      throw owner.error(
        `the alarm "${alarm.node.path}" is a composite one, and reading those cannot be allowed one by one; give the metric alarms that it is made of`,
      );
    }
  }
  // One of the ten is the canary's own.
  if (alarms.length >= MAX_ALARMS) {
    throw owner.error(
      `alarms has ${alarms.length}; with the canary's own there may be ${MAX_ALARMS}, so give ${MAX_ALARMS - 1} at most`,
    );
  }
  validateStageVariables(canary.stageVariables, owner);
  const bytes = knownBytes({ ...canary, alarms });
  if (bytes > CANARY_CONFIG_MAX_BYTES) {
    throw owner.error(
      `stageVariables, the names of the alarms and the steps have ${bytes} bytes as JSON, and the ledger of the canary has room for ${CANARY_CONFIG_MAX_BYTES}; ` +
        'give the canary fewer stage variables, with shorter values, or alarms with shorter names',
    );
  }
  return { ...canary, alarms };
}

/** What the ledger needs at least: what a deployment alone can tell is looked at then, before the canary is live. */
function knownBytes({ percent, stageVariables, alarms, steps }: CanaryDefinition): number {
  const config = { percent, overrides: stageVariables, alarms: alarms.map(({ alarmName }) => alarmName), steps };
  return Buffer.byteLength(JSON.stringify(config, (_key, value) => (Token.isUnresolved(value) ? '' : value)));
}
