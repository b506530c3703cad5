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
  title: 'Every message finds the model that it is validated by',
  why: 'Where the expression selects no model and there is none for `$default`, the validation fails: the client is told "Bad request body", whatever it sent.',
  fix: {
    library: 'Give the route a schema, `request: { body: JsonSchema.fromObject({…}) }`.',
    l2: 'Set `requestModels` with a key `$default` on the `CfnRoute`, or leave out `modelSelectionExpression`.',
    cloudFormation: 'Set a key `$default` in `RequestModels` of the route, or leave out `ModelSelectionExpression`.',
  },
  link: guide('websocket-api-request-validation'),
  *check(model) {
    for (const { route } of webSocketRoutesOf(model)) {
      if (mayMiss(route)) {
        const names = Object.keys(knownOr(route.requestModels, {}));
        yield onRoute(
          route,
          `selects a model by ${String(route.modelSelectionExpression)}, and has ${names.length > 0 ? `${names.join(', ')} alone` : 'none'}: no $default`,
        );
      }
    }
  },
};
