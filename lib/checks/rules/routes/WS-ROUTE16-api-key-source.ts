import { WEBSOCKET_API_KEY_SELECTIONS } from '../../../facts/enumerations';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';

const TAKEN: readonly string[] = WEBSOCKET_API_KEY_SELECTIONS;

export const rule: Rule = {
  id: 'WS-ROUTE16',
  appliesTo: ['websocket'],
  severity: 'error',
  title: 'The API key comes from the header or the authorizer',
  why: 'API Gateway supports two expressions that select the API key of a WebSocket API. It rejects any other, and the stack rolls back.',
  fix: {
    library: 'Set `apiKeySource` on the `WebSocketGateway`, or omit it: the default is the header.',
    l2:
      'Set `apiKeySelectionExpression` on the `WebSocketApi` to ' +
      '`WebSocketApiKeySelectionExpression.HEADER_X_API_KEY` or ' +
      '`WebSocketApiKeySelectionExpression.AUTHORIZER_USAGE_IDENTIFIER_KEY`.',
    cloudFormation: `Set \`ApiKeySelectionExpression\` on the \`AWS::ApiGatewayV2::Api\` to ${TAKEN.map((one) => `\`${one}\``).join(' or ')}; the default is the first.`,
  },
  link: guide('apigateway-websocket-api-selection-expressions'),
  *check(model) {
    for (const { apiKeySelectionExpression: expression, location } of model.webSocketApis) {
      if (isKnown(expression) && !TAKEN.includes(expression)) {
        yield {
          location: inside(location, 'ApiKeySelectionExpression'),
          message: `ApiKeySelectionExpression is "${expression}", but must be ${TAKEN.join(' or ')}`,
        };
      }
    }
  },
};
