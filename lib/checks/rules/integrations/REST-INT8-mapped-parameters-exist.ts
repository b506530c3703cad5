import { type Integration, type Method } from '../../../template/model/model';
import { isLiteral, outline } from '../../../template/model/text';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, listed, methodsOf, onMethod, pathVariables } from '../../queries/common';

const single = (name: string): string => name.replace('.request.multivalue', '.request.');
const PATH_PARAMETER = 'method.request.path.';
const isPathParameter = (name: string): boolean => name.startsWith(PATH_PARAMETER) && name !== PATH_PARAMETER;
const PARAMETER = /^method\.request\.(path|querystring|header)\.(.+)$/;

/** Mapped from the request, but not declared. */
function undeclared(method: Method, integration: Integration): string[] {
  const mapped = Object.values(knownOr(integration.requestParameters, {})).filter(isLiteral).map(single);
  if (mapped.length === 0 || !isKnown(method.requestParameters)) {
    return [];
  }
  const declared = new Set(Object.keys(method.requestParameters).map(single));
  return [...new Set(mapped)].filter((name) => PARAMETER.test(name) && !declared.has(name));
}

/** Declared path variables that the path does not have. */
function notInPath(method: Method): string[] {
  if (!isLiteral(method.path)) {
    return [];
  }
  const declared = Object.keys(knownOr(method.requestParameters, {})).filter(isPathParameter);
  const variables = declared.length > 0 ? pathVariables(method.path) : [];
  return declared.filter((name) => !variables.includes(name.slice(PATH_PARAMETER.length)));
}

/** `{variables}` of an HTTP endpoint that nothing fills. */
function unfilled({ type, uri, requestParameters }: Integration): string[] {
  if ((type !== 'HTTP' && type !== 'HTTP_PROXY') || !isKnown(requestParameters)) {
    return [];
  }
  const plain = outline(uri).replaceAll(/\$\{[^{}]*\}/g, '');
  return pathVariables(plain).filter((name) => !Object.hasOwn(requestParameters, `integration.request.path.${name}`));
}

export const rule: Rule = {
  id: 'REST-INT8',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Mapped request parameters exist',
  why:
    'A mapping from a parameter that the method does not declare fails the deployment ("Invalid mapping expression ' +
    'parameter specified"). A variable in the URI that no mapping fills is sent to the back end literally.',
  fix: {
    library:
      'Declare the parameters in `request` of the route; the gateway declares path variables, and maps them for ' +
      '`RestIntegration.http(…)`.',
    l2:
      'Declare the mapped parameters in `requestParameters` of `addMethod(…)`, and map ' +
      '`integration.request.path.<name>` in `requestParameters` of the `HttpIntegration` for each variable of its ' +
      'URL.',
    cloudFormation:
      'Declare the mapped parameters in `RequestParameters` of the method, and map `integration.request.path.<name>` ' +
      'for each variable of the `Uri`.',
  },
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const { integration } = method;
      const strange = notInPath(method);
      if (strange.length > 0) {
        yield onMethod(method, `declares ${listed(strange)}, which is not in its path`);
      }
      if (!isKnown(integration)) {
        continue;
      }
      const missing = undeclared(method, integration);
      if (missing.length > 0) {
        yield onMethod(method, `maps ${listed(missing)} without declaring it`, integration.location);
      }
      const open = unfilled(integration);
      if (open.length > 0) {
        yield onMethod(
          method,
          `has ${listed(open.map((name) => `{${name}}`))} in its URI, which no mapping fills`,
          integration.location,
        );
      }
    }
  },
};
