import { type CfnResource, Token } from 'aws-cdk-lib';
import { type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CANARY_CONFIG_MAX_BYTES } from '../facts/quotas';
import { type Owner, show } from '../authoring/errors';
import { validateStageVariables } from '../stages/stage-variables';

/** A step of a progressive release. */
export interface ReleaseStep {
  readonly percent: number;
  readonly seconds: number;
}

/** A canary of a stage, checked, with all defaults. */
export interface CanaryDefinition {
  /** Initial share of the candidate. */
  readonly percent: number;
  readonly steps?: readonly ReleaseStep[];
  readonly alarms: readonly IAlarm[];
  readonly onActiveCanary: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** The maximum number of alarms of the handlers. */
export const MAX_ALARMS = 10;

/** @throws if the share is invalid */
export function definePercent(percent: number, name: string, owner: Owner): number {
  if (Token.isUnresolved(percent) || (percent > 0 && percent <= 100)) return percent;
  throw owner.error(
    `${name} is ${show(percent)}; write the share of the requests in percent, more than 0 and up to 100`,
  );
}

/** @throws if a canary does not support an alarm or a variable */
export function defineStageCanary(canary: CanaryDefinition, owner: Owner): CanaryDefinition {
  const alarms = [...new Set(canary.alarms)];
  for (const alarm of alarms) {
    const resource = alarm.node.defaultChild as CfnResource | undefined;
    if (resource?.cfnResourceType === 'AWS::CloudWatch::CompositeAlarm') {
      throw owner.error(
        `the alarm "${alarm.node.path}" is a composite alarm, and those cannot be read individually; use the metric alarms that it combines`,
      );
    }
  }
  // One of the ten is the canary's own.
  if (alarms.length >= MAX_ALARMS) {
    throw owner.error(
      `alarms has ${alarms.length}; the maximum is ${MAX_ALARMS} with the canary's own, so use at most ${MAX_ALARMS - 1}`,
    );
  }
  validateStageVariables(canary.stageVariables, owner);
  const bytes = knownBytes({ ...canary, alarms });
  if (bytes > CANARY_CONFIG_MAX_BYTES) {
    throw owner.error(
      `stageVariables, the names of the alarms and the steps have ${bytes} bytes as JSON, but the ledger of the canary has room for ${CANARY_CONFIG_MAX_BYTES}; ` +
        'use fewer stage variables, shorter values, or alarms with shorter names',
    );
  }
  return { ...canary, alarms };
}

/** The minimum size in the ledger: values known only at deployment are checked then, before the canary is live. */
function knownBytes({ percent, stageVariables, alarms, steps }: CanaryDefinition): number {
  const config = { percent, overrides: stageVariables, alarms: alarms.map(({ alarmName }) => alarmName), steps };
  return Buffer.byteLength(JSON.stringify(config, (_key, value) => (Token.isUnresolved(value) ? '' : value)));
}
