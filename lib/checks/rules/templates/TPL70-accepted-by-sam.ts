import { type Rule } from '../../rule';

export const rule: Rule = {
  id: 'TPL70',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'AWS SAM accepts its APIs, their events and Globals',
  why:
    "The transform rejects the template, e.g. \"Unable to set Authorizer [x] … because it wasn't defined in the API's " +
    'Authorizers", and CloudFormation creates no change set. A property of Globals that is not near a known one may be newer ' +
    'than these checks, and is a warning.',
  fix: {
    library: 'Use `RestGateway` or `HttpGateway` instead of resources of SAM.',
    l2: 'Use `RestApi` or `HttpApi` instead of resources of SAM.',
    cloudFormation:
      'Write the name as the finding shows it, or define the authorizer, the model or the API that the event names.',
  },
  link: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html',
  *check({ samFaults }) {
    for (const { location, message, severity } of samFaults) {
      yield {
        location,
        message: location.logicalId === 'Globals' ? message : `${location.logicalId}: ${message}`,
        severity,
      };
    }
  },
};
