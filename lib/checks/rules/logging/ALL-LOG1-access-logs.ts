import { type Rule } from '../../rule';
import { guide, stageLabel } from '../../queries/common';
import { allStagesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-LOG1',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Every stage writes access logs',
  why: 'Without access logs no one can tell who called, what the response was, or why the authorizer denied a request. They cannot be written afterwards.',
  fix: {
    library:
      'Omit `accessLog` on the stage, or configure it: the gateway writes access logs unless they are turned off.',
    l2:
      'Set `accessLogDestination: new LogGroupLogDestination(group)` and `accessLogFormat` in `deployOptions` ' +
      '(`accessLogSettings: { destination, format }` of an `HttpStage` or `WebSocketStage`).',
    cloudFormation:
      'Set `AccessLogSetting` on the stage (`AccessLogSettings` of an HTTP or WebSocket API) with both ' +
      '`DestinationArn` and `Format`.',
  },
  link: guide('set-up-access-logging'),
  sameAs: {
    'cdk-nag': ['AwsSolutions-APIG1', 'Serverless-APIGWAccessLogging'],
    checkov: ['CKV_AWS_76', 'CKV_AWS_95'],
    trivy: ['AWS-0001'],
    kics: ['80d45af4', '06ec63e3'],
    'cfn-nag': ['W45', 'W46', 'W69'],
    'serverless-rules': ['ES2000'],
    terrascan: ['AC_AWS_0012', 'AC_AWS_0442'],
    'security-hub': ['APIGateway.9'],
    'aws-config': ['api-gwv2-access-logs-enabled', 'apigateway-stage-access-logs-enabled'],
    'control-tower': ['CT.APIGATEWAY.PR.4'],
  },
  setting: 'access log',
  profiles: { production: 'error' },
  *check(model) {
    for (const { stage } of allStagesOf(model)) {
      const log = stage.accessLog;
      const missing = [
        ...(log?.destination === undefined ? ['destination'] : []),
        ...(log?.format === undefined ? ['format'] : []),
      ];
      if (log === undefined) {
        yield { location: stage.location, stage, message: `${stageLabel(stage)} writes no access log` };
      } else if (missing.length > 0) {
        yield {
          location: log.location,
          stage,
          message: `the access log of ${stageLabel(stage)} has no ${missing.join(' and no ')}`,
        };
      }
    }
  },
};
