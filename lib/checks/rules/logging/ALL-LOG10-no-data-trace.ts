import { type Rule } from '../../rule';
import { type AnyStage, type ApiModel, type Location } from '../../../template/model/model';
import { guide, settingLabel, settingsOf, stageLabel } from '../../queries/common';
import { routeSettingLabel, routeSettingsOf } from '../../queries/v2';

/** Of an HTTP API it is a finding of HTTP-LOG11. */
function* traced(model: ApiModel): Iterable<{ stage: AnyStage; location: Location; label: string }> {
  for (const { stage, setting } of settingsOf(model)) {
    if (setting.dataTraceEnabled === true) {
      yield { stage, location: setting.location, label: settingLabel(setting) };
    }
  }
  for (const { stage, setting, api } of routeSettingsOf(model)) {
    if (setting.dataTraceEnabled === true && api?.kind === 'websocket') {
      yield { stage, location: setting.location, label: routeSettingLabel(setting) };
    }
  }
}

export const rule: Rule = {
  id: 'ALL-LOG10',
  appliesTo: ['rest', 'websocket'],
  severity: 'warning',
  title: 'The execution log does not contain requests and responses',
  why: 'Data tracing writes full bodies and headers to CloudWatch Logs, including personal data and secrets. It is for troubleshooting, not for production.',
  fix: {
    library: 'Omit `dataTrace`.',
    l2:
      'Omit `dataTraceEnabled` in `deployOptions` and its `methodOptions`; for a WebSocket API in ' +
      '`defaultRouteSettings` and `routeSettings` of the `CfnStage`.',
    cloudFormation:
      'Set `DataTraceEnabled: false` in `MethodSettings` of the stage (`DefaultRouteSettings` and `RouteSettings` of a ' +
      'WebSocket API).',
  },
  link: guide('set-up-logging'),
  sameAs: { checkov: ['CKV_AWS_276'] },
  profiles: { production: 'error', development: 'info' },
  *check(model) {
    for (const { stage, location, label } of traced(model)) {
      yield { location, message: `${stageLabel(stage)} writes whole requests and responses to its log ${label}` };
    }
  },
};
