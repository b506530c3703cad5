import { type IntegrationAnswer } from '../custom-back-ends';
import { type Told } from '../recorder';
import { misconfigured } from '../refusal';
import { type CompiledResponse } from './compile';
import { type Exchange, type RouteAnswer, templateInput, variablesOf } from './exchange';
import { selectEntry } from './routes';
import { Message, variableReader } from './variables';

/**
 * The answer out of that of the back end: the first response whose key matches, else `$default`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 * @throws Refusal
 */
export function answerOf(exchange: Exchange, answer: IntegrationAnswer, tell: (told: Told) => void): RouteAnswer {
  const { integration, route, scope } = exchange;
  const { status, headers } = answer;
  const isEmpty = integration.responses.length === 0;
  const response = select(integration.responses, answer.selector);
  if (!response) {
    // Without any response the result is of no interest, unless the client waits for it.
    if (isEmpty && !route.isTwoWay) return { status, headers, text: '' };
    throw misconfigured(
      `No integration response matches ${JSON.stringify(answer.selector ?? '')}, and there is no $default`,
      [integration.source.location],
    );
  }
  const because = [response.source.location];
  const isText = response.contentHandling === 'CONVERT_TO_TEXT';
  const body = Buffer.from(answer.body).toString(isText ? 'base64' : 'utf8');
  const read = variableReader({ ...variablesOf(exchange), answer: { status, headers, body: new Message(body) } });
  const chosen = selectEntry(response.templates, response.templateExpression.evaluate(read));
  const how = response.matches ? 'A key matched' : 'The default response';
  if (!chosen || chosen.value.source === '') {
    tell({ note: how, because });
    return { status, headers, text: body };
  }
  const text = scope.render(chosen.value, templateInput(exchange, body));
  tell({ note: `${how}, body by the template for ${chosen.key}`, output: text, because });
  return { status, headers, text };
}

function select(responses: readonly CompiledResponse[], selector: string | undefined): CompiledResponse | undefined {
  const matching = selector === undefined ? undefined : responses.find(({ matches }) => matches?.(selector));
  return matching ?? responses.find(({ matches }) => matches === undefined);
}
