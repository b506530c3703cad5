import { callersOf } from '../../queries/callers';
import { type Rule } from '../../rule';
import { guide, isOpen, mayBePreflight, onMethod } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-AUTH2',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'An API key is never the only credential',
  why:
    'API keys meter callers; they do not identify them. They end up in logs, browsers and repositories, they do not ' +
    'expire, and a key for one API of a usage plan opens every API of that plan.',
  fix: {
    library: 'Add an `authorizer` to the route in addition to `apiKeyRequired`, or set `defaultAuthorizer`.',
    l2:
      'Set an `authorizer` or `authorizationType: AuthorizationType.IAM` in `addMethod(…)` in addition to ' +
      '`apiKeyRequired`, or in `defaultMethodOptions` of the `RestApi`.',
    cloudFormation:
      'Set an `AuthorizationType` other than NONE on the method, or add an authorizer to the key in the `security` ' +
      'of the OpenAPI operation.',
  },
  link: guide('api-gateway-api-usage-plans'),
  *check(model) {
    for (const api of model.restApis) {
      const callers = callersOf(model, api);
      for (const method of api.methods) {
        if (!isOpen(method) || mayBePreflight(method) || method.apiKeyRequired !== true) continue;
        const { guard, severity } = callers(method);
        const message = `is guarded only by an API key${guard === undefined ? '' : ` and ${guard}`}`;
        yield { ...onMethod(method, message), ...(severity && { severity }) };
      }
    }
  },
};
