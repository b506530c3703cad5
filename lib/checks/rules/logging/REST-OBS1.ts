import { type Rule } from '../../rule';
import { guide, inside, stageLabel, stagesOf } from '../../support';

export const rule: Rule = {
  id: 'REST-OBS1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'X-Ray tracing is on',
  why: 'Without it nobody sees how the latency of a call splits between API Gateway, the authorizer and the back end.',
  fix: 'The gateway traces by default; do not turn `tracing` off. In CloudFormation: `TracingEnabled: true` of the stage.',
  link: guide('apigateway-xray'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (stage.tracingEnabled === undefined || stage.tracingEnabled === false) {
        yield { location: inside(stage.location, 'TracingEnabled'), message: `${stageLabel(stage)} is not traced` };
      }
    }
  },
};
