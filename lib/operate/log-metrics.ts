import { Aws } from 'aws-cdk-lib';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { logMetricName } from './log-metric-name';
import { type MetricRef, type MonitoredApi, type MonitoredStage } from './monitored-api';

/** One condition on a variable of the access log. A trailing `*` of the value matches anything. */
export interface LogCondition {
  readonly variable: string;
  /** One of them; with `not`, none of them. */
  readonly values: readonly string[];
  readonly not?: boolean;
}

/** A metric that CloudWatch counts in the access log. */
export interface LogMetricOptions {
  /** Last part of its name, e.g. `Throttles`. */
  readonly name: string;
  /** All must match. */
  readonly conditions: readonly LogCondition[];
  /** Dimension → variable; one metric for each value is billed. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** The namespace of metrics that are counted in access logs; it contains the stack. */
export const logMetricNamespace = (): string => `ApiGateway/${Aws.STACK_NAME}`;

/** The variables that are missing in the access log for this count. */
export function missingVariables(stage: Pick<MonitoredStage, 'accessLog'>, variables: readonly string[]): string[] {
  const held = Object.values(stage.accessLog.format.fields);
  return variables.filter((variable) => !held.includes(variable));
}

/** Counts lines of a stage's access log; the log goes to a group and contains the variables. */
export function logMetric(
  scope: Construct,
  id: string,
  api: Pick<MonitoredApi, 'path'>,
  stage: Pick<MonitoredStage, 'key' | 'accessLog'>,
  options: LogMetricOptions,
): MetricRef {
  const field = (variable: string): string => {
    const [name] = Object.entries(stage.accessLog.format.fields).find(([, held]) => held === variable) ?? [];
    return `$.${name}`;
  };
  const namespace = logMetricNamespace();
  const metricName = logMetricName(api.path, stage.key, options.name);
  const conditions = options.conditions.map(({ variable, values, not }) => {
    const choices = values.map((value) => `(${field(variable)} ${not ? '!=' : '='} "${value}")`);
    return choices.length === 1 ? choices[0] : `(${choices.join(not ? ' && ' : ' || ')})`;
  });
  const dimensions = Object.entries(options.dimensions ?? {}).map(([key, variable]) => ({
    key,
    value: field(variable),
  }));
  new CfnMetricFilter(scope, id, {
    logGroupName: stage.accessLog.group?.name ?? '',
    filterPattern: `{ ${conditions.join(' && ')} }`,
    metricTransformations: [
      {
        metricNamespace: namespace,
        metricName,
        metricValue: '1',
        unit: 'Count',
        // Without dimensions, a line that does not match counts 0; with them, CloudWatch accepts no default.
        ...(dimensions.length > 0 ? { dimensions } : { defaultValue: 0 }),
      },
    ],
  });
  return { namespace, metricName, dimensions: {} };
}
