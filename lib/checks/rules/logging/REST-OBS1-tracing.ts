import { type Rule } from '../../rule';
import { guide, inside, stageLabel, stagesOf } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-OBS1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'X-Ray tracing is on',
  why: 'Without it no one can see how much of the latency API Gateway, the authorizer and the back end each cause.',
  fix: {
    library: 'Omit `tracing` on the stage: the gateway traces by default.',
    l2: 'Set `tracingEnabled: true` in `deployOptions` of the `RestApi`.',
    cloudFormation: 'Set `TracingEnabled: true` on the stage.',
  },
  link: guide('apigateway-xray'),
  sameAs: {
    'cdk-nag': ['Serverless-APIGWXrayEnabled', 'HIPAA.Security-APIGWXrayEnabled'],
    checkov: ['CKV_AWS_73'],
    trivy: ['AWS-0003'],
    kics: ['4ab10c48'],
    'serverless-rules': ['WS2002'],
    terrascan: ['AC_AWS_0015'],
    'security-hub': ['APIGateway.3'],
    'aws-config': ['api-gw-xray-enabled'],
    'control-tower': ['CT.APIGATEWAY.PR.2'],
  },
  setting: 'tracing',
  profiles: { development: 'info' },
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (stage.tracingEnabled === undefined || stage.tracingEnabled === false) {
        yield {
          location: inside(stage.location, 'TracingEnabled'),
          stage,
          message: `${stageLabel(stage)} is not traced`,
        };
      }
    }
  },
};
