import { Token } from 'aws-cdk-lib';
import { type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { COMPOSITE_ALARM_CHILDREN, COMPOSITE_ALARM_RULE_CHARACTERS } from '../facts/metrics';
import { type MonitoredApi } from './monitored-api';

/**
 * The rule that joins alarms.
 * @throws where CloudWatch would not take it
 */
export function compositeRule({ owner }: Pick<MonitoredApi, 'owner'>, critical: readonly CfnAlarm[]): string {
  if (critical.length === 0) {
    throw owner.error('alarms: composite combines the critical alarms, but there is none; leave it out');
  }
  const fewer = 'monitor fewer stages or routes, or set the severity WARNING for some';
  if (critical.length > COMPOSITE_ALARM_CHILDREN) {
    throw owner.error(
      `alarms: composite combines ${critical.length} critical alarms; the maximum of CloudWatch is ${COMPOSITE_ALARM_CHILDREN}; ${fewer}`,
    );
  }
  // By names, which are shorter than ARNs: the rule is limited.
  const rule = (names: readonly string[]): string => names.map((name) => `ALARM("${name}")`).join(' OR ');
  const { length } = rule(critical.map(generatedName));
  if (length > COMPOSITE_ALARM_RULE_CHARACTERS) {
    throw owner.error(
      `alarms: composite combines ${critical.length} critical alarms with a rule of ${length} characters; the maximum of CloudWatch is ${COMPOSITE_ALARM_RULE_CHARACTERS}; ` +
        `${fewer}, or shorten the names of stack and gateway`,
    );
  }
  return rule(critical.map(({ ref }) => ref));
}

/** As long as the name that CloudFormation makes: stack, logical id, 12 characters. Of a stack without a known name, the rest. */
function generatedName(alarm: CfnAlarm): string {
  const { stackName } = alarm.stack;
  const id = alarm.stack.getLogicalId(alarm);
  return `${Token.isUnresolved(stackName) ? '' : stackName}-${id}-${'X'.repeat(12)}`.slice(0, ALARM_NAME_CHARACTERS);
}

const ALARM_NAME_CHARACTERS = 255;
