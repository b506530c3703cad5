import { isUnknownText, outline, type Text } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, methodsOf, onMethod } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-INT10',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A mock integration sets its status code',
  why: 'A mock integration takes its status from the request template. Without `{"statusCode": 200}` there every call returns 500.',
  fix: {
    library: 'Use `RestIntegration.mock({ statusCode: 200 })`.',
    l2: 'Set `requestTemplates: { "application/json": "{\\"statusCode\\": 200}" }` on the `MockIntegration`.',
    cloudFormation: 'Set `RequestTemplates: { "application/json": "{\\"statusCode\\": 200}" }` on the integration.',
  },
  link: guide('how-to-mock-integration'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const { integration } = method;
      if (!isKnown(integration) || integration.type !== 'MOCK') {
        continue;
      }
      const { requestTemplates } = integration;
      const maySay = (template: Text): boolean => isUnknownText(template) || outline(template).includes('statusCode');
      if (isKnown(requestTemplates) && !Object.values(requestTemplates).some(maySay)) {
        yield onMethod(method, 'is a mock whose request template sets no statusCode', integration.location);
      }
    }
  },
};
