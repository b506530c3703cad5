import { type V2Route } from '../../../template/model/model';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, onRoute } from '../../queries/common';
import { webSocketRoutesOf } from '../../queries/v2';

/** Whether some message may select a model that is not there. */
function mayMiss({ modelSelectionExpression: expression, requestModels }: V2Route): boolean {
  if (!isKnown(expression) || !isKnown(requestModels) || Object.hasOwn(requestModels, '$default')) {
    return false;
  }
  const isFixed = !expression
    .replaceAll('\\$', '')
    .replace(/^\$default$/, '')
    .includes('$');
  return !isFixed || !Object.hasOwn(requestModels, expression.replaceAll('\\$', '$'));
}

export const rule: Rule = {
  id: 'WS-VAL6',
  appliesTo: ['websocket'],
  severity: 'warning',
  title: 'Every message is validated with a model',
  why: 'If the expression selects no model and there is none for `$default`, validation fails: the client gets "Bad request body", whatever it sent.',
  fix: {
    library: 'Give the route a schema, `request: { body: JsonSchema.fromObject({…}) }`.',
    l2: 'Set `requestModels` with a key `$default` on the `CfnRoute`, or omit `modelSelectionExpression`.',
    cloudFormation: 'Set a key `$default` in `RequestModels` of the route, or omit `ModelSelectionExpression`.',
  },
  link: guide('websocket-api-request-validation'),
  *check(model) {
    for (const { route } of webSocketRoutesOf(model)) {
      if (mayMiss(route)) {
        const names = Object.keys(knownOr(route.requestModels, {}));
        yield onRoute(
          route,
          `selects a model with ${String(route.modelSelectionExpression)}, but has ${names.length > 0 ? `${names.join(', ')} only` : 'none'}: no $default`,
        );
      }
    }
  },
};
