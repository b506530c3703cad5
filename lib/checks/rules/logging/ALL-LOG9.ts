import { isKnown, UNKNOWN } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, inside, isStageWide, stageLabel, stagesOf } from '../../support';

const WRITTEN = ['ERROR', 'INFO'];

export const rule: Rule = {
  id: 'ALL-LOG9',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Every stage writes execution logs',
  why: 'Execution logs say why a mapping template, an authorizer or an integration failed; access logs show only that it did.',
  fix:
    'The gateway logs errors by default; set `executionLogging` of the stage to ERROR or INFO. In CloudFormation: an entry of `MethodSettings` with ' +
    '`HttpMethod: "*"`, `ResourcePath: "/*"` and `LoggingLevel: ERROR`.',
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
  profiles: { development: 'info' },
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (!isKnown(stage.methodSettings)) {
        continue;
      }
      const wide = stage.methodSettings.filter(isStageWide);
      const told = wide.every(({ loggingLevel }) => loggingLevel !== UNKNOWN);
      const on = wide.some(({ loggingLevel }) => typeof loggingLevel === 'string' && WRITTEN.includes(loggingLevel));
      if (told && !on) {
        yield {
          location: inside(stage.location, 'MethodSettings'),
          message: `${stageLabel(stage)} writes no execution logs for all methods`,
        };
      }
    }
  },
};
