import { isKnown, type Value } from '../../../template/model/value';
import { type Location } from '../../../template/model/model';
import { type Rule, type Violation } from '../../rule';
import { callsOf, guide, inside, onMethod } from '../../queries/common';
import { regexFault } from '../../queries/java-regex';
import { onIntegration, v2IntegrationsOf } from '../../queries/v2-integrations';
import { webSocketRoutesOf } from '../../queries/v2';

/** A part of the message or the request, without the "$" that makes an expression of it. */
const PLAIN =
  /^(?:(?:request|route\.request|method\.request|integration\.(?:request|response))\.|(?:context|stageVariables)\.\w)/;

const withoutDollar = (expression: Value<string> | undefined): expression is string =>
  isKnown(expression) && PLAIN.test(expression);

const plainViolation = (name: string, expression: string, location: Location): Violation => ({
  location: inside(location, name),
  message: `${name} is "${expression}", the same text for every message; write "$${expression}"`,
});

/** `$default` or an expression between slashes. */
function keyFault(key: string): string | undefined {
  if (key === '$default') return undefined;
  const pattern = /^\/([^]+)\/$/.exec(key)?.[1];
  if (pattern === undefined)
    return `is "${key}", but must be $default or an expression between slashes, e.g. /2\\d\\d/`;
  const fault = regexFault(pattern);
  return fault === undefined ? undefined : `is "${key}", which is not a regular expression: ${fault}`;
}

export const rule: Rule = {
  id: 'ALL-VAL14',
  appliesTo: ['rest', 'websocket'],
  severity: 'warning',
  title: 'A selection pattern is a regular expression, and a selection expression begins with "$"',
  why: 'A pattern that Java cannot read is rejected or never matches. A selection expression without "$" is a text, so every message selects the same template, model or response.',
  fix: {
    library: 'Write `selectionPattern` as a regular expression, e.g. "5\\d\\d".',
    l2: 'Write `selectionPattern` as a regular expression, e.g. "5\\d\\d", and `templateSelectionExpression` with "$".',
    cloudFormation:
      'Write `SelectionPattern` as a regular expression, e.g. "5\\d\\d", `TemplateSelectionExpression` as an expression, e.g. `$request.body.action`, and `IntegrationResponseKey` as `$default` or an expression between slashes.',
  },
  link: guide('websocket-api-selection-expressions'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      for (const { selectionPattern: pattern, location } of integration.responses) {
        const fault = isKnown(pattern) ? regexFault(pattern) : undefined;
        if (fault !== undefined) {
          yield onMethod(
            method,
            `selects a response by "${String(pattern)}", which is not a regular expression: ${fault}`,
            location,
          );
        }
      }
    }
    for (const use of v2IntegrationsOf(model)) {
      if (use.api.kind !== 'websocket') continue;
      for (const { templateSelectionExpression: expression, location } of [
        use.integration,
        ...use.integration.responses,
      ]) {
        if (withoutDollar(expression)) yield plainViolation('TemplateSelectionExpression', expression, location);
      }
      for (const { integrationResponseKey: key, location } of use.integration.responses) {
        const fault = isKnown(key) ? keyFault(key) : undefined;
        if (fault !== undefined) {
          yield onIntegration(
            use,
            `has a response whose IntegrationResponseKey ${fault}`,
            inside(location, 'IntegrationResponseKey'),
          );
        }
      }
    }
    for (const { route } of webSocketRoutesOf(model)) {
      const { modelSelectionExpression: expression, location } = route;
      if (withoutDollar(expression)) yield plainViolation('ModelSelectionExpression', expression, location);
    }
  },
};
