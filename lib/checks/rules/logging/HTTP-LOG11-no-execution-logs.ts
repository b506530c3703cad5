import { type RouteSettings } from '../../../template/model/model';
import { type Rule, type RuleSeverity } from '../../rule';
import { cloudFormation, knownAnd, stageLabel } from '../../queries/common';
import { routeSettingLabel, routeSettingsOf } from '../../queries/v2';

function problem({ loggingLevel, dataTraceEnabled }: RouteSettings): [string, RuleSeverity] | undefined {
  if (dataTraceEnabled === true) {
    return ['DataTraceEnabled', 'error'];
  }
  if (knownAnd(loggingLevel, (level) => level !== 'OFF')) {
    return [`LoggingLevel ${String(loggingLevel)}`, 'error'];
  }
  // A setting that requests nothing may be accepted.
  return loggingLevel === 'OFF' ? ['LoggingLevel OFF', 'warning'] : undefined;
}

export const rule: Rule = {
  id: 'HTTP-LOG11',
  appliesTo: ['http'],
  severity: 'error',
  title: 'An HTTP API has no execution logs',
  why: 'HTTP APIs do not support execution logs: the deployment rolls back with "Execution logs are not supported on protocolType HTTP".',
  fix: {
    library:
      'Omit execution logs: the `HttpGateway` writes access logs; add `$context.integrationErrorMessage` and ' +
      '`$context.authorizer.error` to your own format.',
    l2:
      'Remove `loggingLevel` and `dataTraceEnabled` from the `CfnStage`, and add `$context.integrationErrorMessage` ' +
      'to `format` of `accessLogSettings`.',
    cloudFormation:
      'Remove `LoggingLevel` and `DataTraceEnabled` from `DefaultRouteSettings` and `RouteSettings` of the stage.',
  },
  link: cloudFormation('properties-apigatewayv2-stage-routesettings'),
  *check(model) {
    for (const { stage, setting, api } of routeSettingsOf(model)) {
      const found = api?.kind === 'http' ? problem(setting) : undefined;
      if (found) {
        const [what, severity] = found;
        yield {
          location: setting.location,
          message: `${stageLabel(stage)} sets ${what} ${routeSettingLabel(setting)}, which HTTP APIs do not have`,
          severity,
        };
      }
    }
  },
};
