import { WEBSOCKET_API_KEY_SELECTIONS } from '../../../facts/enumerations';
import { isKnown } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../support';

const TAKEN: readonly string[] = WEBSOCKET_API_KEY_SELECTIONS;

export const rule: Rule = {
  id: 'WS-ROUTE16',
  appliesTo: ['websocket'],
  severity: 'error',
  title: 'The key of a caller comes from the header or the authorizer',
  why: 'API Gateway supports two expressions that select the API key of a WebSocket API. It refuses any other, and the stack rolls back.',
  fix: `In CloudFormation: \`ApiKeySelectionExpression\` of the \`AWS::ApiGatewayV2::Api\` is ${TAKEN.map((one) => `\`${one}\``).join(' or ')}; without it, the first.`,
  link: guide('apigateway-websocket-api-selection-expressions'),
  *check(model) {
    for (const { apiKeySelectionExpression: expression, location } of model.webSocketApis) {
      if (isKnown(expression) && !TAKEN.includes(expression)) {
        yield {
          location: inside(location, 'ApiKeySelectionExpression'),
          message: `ApiKeySelectionExpression is "${expression}", and must be ${TAKEN.join(' or ')}`,
        };
      }
    }
  },
};
