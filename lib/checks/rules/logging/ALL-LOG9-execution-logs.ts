import { type MethodSetting, type RouteSettings } from '../../../template/model/model';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside, isStageWide, stageLabel, stagesOf } from '../../queries/common';
import { webSocketStagesOf } from '../../queries/v2';

const WRITTEN = ['ERROR', 'INFO'];

/** Whether what is set for all routes surely writes nothing. */
const isSilent = (wide: readonly (MethodSetting | RouteSettings)[]): boolean =>
  wide.every(
    ({ loggingLevel }) =>
      loggingLevel !== UNKNOWN && !(typeof loggingLevel === 'string' && WRITTEN.includes(loggingLevel)),
  );

export const rule: Rule = {
  id: 'ALL-LOG9',
  appliesTo: ['rest', 'websocket'],
  severity: 'warning',
  title: 'Every stage writes execution logs',
  why: 'Execution logs say why a mapping template, an authorizer or an integration failed; access logs show only that it did.',
  fix: {
    library: 'Set `executionLogging` on the stage to ERROR or INFO, or omit it: the gateway logs errors by default.',
    l2:
      'Set `loggingLevel: MethodLoggingLevel.ERROR` in `deployOptions` of the `RestApi`; for a `WebSocketStage` call ' +
      '`(stage.node.defaultChild as CfnStage).addPropertyOverride("DefaultRouteSettings.LoggingLevel", "ERROR")`.',
    cloudFormation:
      'Add an entry to `MethodSettings` with `HttpMethod: "*"`, `ResourcePath: "/*"` and `LoggingLevel: ERROR`, or set ' +
      '`LoggingLevel` in `DefaultRouteSettings` of a WebSocket API.',
  },
  link: guide('set-up-logging'),
  sameAs: {
    'cdk-nag': [
      'AwsSolutions-APIG6',
      'HIPAA.Security-APIGWExecutionLoggingEnabled',
      'NIST.800.53.R4-APIGWExecutionLoggingEnabled',
      'NIST.800.53.R5-APIGWExecutionLoggingEnabled',
      'PCI.DSS.321-APIGWExecutionLoggingEnabled',
    ],
    checkov: ['CKV2_AWS_4'],
    'security-hub': ['APIGateway.1'],
    'aws-config': ['api-gw-execution-logging-enabled'],
    'control-tower': ['CT.APIGATEWAY.PR.1'],
  },
  setting: 'execution log',
  profiles: { development: 'info' },
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (isKnown(stage.methodSettings) && isSilent(stage.methodSettings.filter(isStageWide))) {
        yield {
          location: inside(stage.location, 'MethodSettings'),
          stage,
          message: `${stageLabel(stage)} writes no execution logs for all methods`,
        };
      }
    }
    for (const { stage } of webSocketStagesOf(model)) {
      if (isSilent(stage.defaultRouteSettings ? [stage.defaultRouteSettings] : [])) {
        yield {
          location: inside(stage.location, 'DefaultRouteSettings'),
          stage,
          message: `${stageLabel(stage)} writes no execution logs for all routes`,
        };
      }
    }
  },
};
