import { SECRET_LOG_PROPERTY, SECRET_LOG_VARIABLES } from '../../../facts/log-variables';
import { formatsOf, variablesIn } from '../../queries/log-formats';
import { type Rule } from '../../rule';
import { guide, listed, stageLabel } from '../../queries/common';

export const rule: Rule = {
  id: 'ALL-LOG15',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'The access log contains no credentials',
  why: 'Anyone who reads the log can impersonate a caller while the key or token is valid.',
  fix: {
    library:
      'Log `$context.identity.apiKeyId` and `$context.authorizer.principalId`: they identify the caller and are not credentials.',
    l2:
      'Log `AccessLogField.contextIdentityApiKeyId()` and `AccessLogField.contextAuthorizerPrincipalId()` in ' +
      '`AccessLogFormat.custom(…)`: they identify the caller and are not credentials.',
    cloudFormation:
      'Log `$context.identity.apiKeyId` and `$context.authorizer.principalId` in `AccessLogSetting.Format` of the ' +
      'stage (`AccessLogSettings` of HTTP and WebSocket APIs): they identify the caller and are not credentials.',
  },
  link: guide('api-gateway-variables-for-access-logging'),
  *check(model) {
    for (const { stage, log, format } of formatsOf(model)) {
      const secret = [...variablesIn(format)].filter(
        (name) => SECRET_LOG_VARIABLES.includes(name) || SECRET_LOG_PROPERTY.test(name),
      );
      if (secret.length > 0) {
        yield {
          location: log.location,
          message: `the access log of ${stageLabel(stage)} contains ${listed(secret.map((name) => `$context.${name}`))}`,
        };
      }
    }
  },
};
