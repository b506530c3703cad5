import { type CanaryConfig, type ReleaseStep } from '../../live/ledger';
import { type StageRef } from '../../live/stage';
import { STAGE_CANARY_PROPERTIES as NAMES } from '../../../lib/facts/own-resources';

type Properties = Readonly<Record<string, unknown>>;

/** Properties of both custom resources. */
export interface Target extends StageRef {
  readonly candidate: string;
}

/** The stage; undefined where the properties were never good for anything. */
export function refOf(properties: Properties): StageRef | undefined {
  const [restApiId, stageName] = [properties[NAMES.restApiId], properties[NAMES.stageName]];
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  return isText(restApiId) && isText(stageName) ? { restApiId, stageName } : undefined;
}

export function targetOf(properties: Properties): Target {
  return {
    restApiId: text(properties, NAMES.restApiId),
    stageName: text(properties, NAMES.stageName),
    candidate: text(properties, NAMES.candidate),
  };
}

/** The result of the plan. */
export function stableOf(properties: Properties): string {
  return text(properties, NAMES.stable);
}

export function onActiveCanaryOf(properties: Properties): 'fail' | 'replace' {
  const given = properties[NAMES.onActiveCanary] ?? 'fail';
  if (given === 'fail' || given === 'replace') return given;
  throw new Error(`${NAMES.onActiveCanary} must be "fail" or "replace", not ${JSON.stringify(given)}.`);
}

export function configOf(properties: Properties): CanaryConfig {
  const steps = stepsOf(properties[NAMES.steps]);
  const stateMachineArn = properties[NAMES.stateMachineArn];
  if ((steps === undefined) !== (stateMachineArn === undefined)) {
    throw new Error('Steps and StateMachineArn belong together: set both, or neither.');
  }
  // A list in any case: a ledger without one is one that has lost it.
  const alarms = alarmsOf(properties[NAMES.alarmNames]) ?? [];
  if (steps && alarms.length === 0) {
    throw new Error(
      'Steps needs AlarmNames: without an alarm, nothing would monitor a release that progresses automatically.',
    );
  }
  return {
    percent: percentOf(properties[NAMES.percent], NAMES.percent),
    overrides: overridesOf(properties[NAMES.overrides]),
    alarms,
    steps,
    stateMachineArn: stateMachineArn === undefined ? undefined : text(properties, NAMES.stateMachineArn),
  };
}

function stepsOf(given: unknown): ReleaseStep[] | undefined {
  if (given === undefined || (Array.isArray(given) && given.length === 0)) return undefined;
  if (!Array.isArray(given)) throw new Error(`Steps must be a list, not ${JSON.stringify(given)}.`);
  return given.map((step: Properties, index) => {
    const seconds = Number(step[NAMES.bakeSeconds]);
    if (!Number.isInteger(seconds) || seconds < 0) {
      const shown = JSON.stringify(step[NAMES.bakeSeconds]);
      throw new Error(`Steps[${index}].${NAMES.bakeSeconds} must be a whole number of seconds, not ${shown}.`);
    }
    return { percent: percentOf(step[NAMES.percent], `Steps[${index}].${NAMES.percent}`), seconds };
  });
}

function percentOf(given: unknown, name: string): number {
  const percent = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof percent === 'number' && percent >= 0 && percent <= 100) return percent;
  throw new Error(`${name} must be a number from 0 to 100, not ${JSON.stringify(given)}.`);
}

function overridesOf(given: unknown): Record<string, string> | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Error(`StageVariableOverrides must be a map of names to strings, not ${JSON.stringify(given)}.`);
  }
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}

function alarmsOf(given: unknown): string[] | undefined {
  if (given === undefined) return undefined;
  if (Array.isArray(given) && given.every((name) => typeof name === 'string')) return given;
  throw new Error(`AlarmNames must be a list of names, not ${JSON.stringify(given)}.`);
}

function text(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`${name} must be a string, not ${JSON.stringify(value)}.`);
}
