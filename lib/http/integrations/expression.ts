import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { show } from '../../authoring/errors';
import { type RequestValue } from '../../integrations/request-value';
import { suggest } from '../../lookup/nearest';
import { type HttpIntegrationContext } from '../binding';

/** What API Gateway would read as an expression in the middle of a text. */
const EXPRESSION = /\$\{|\$(request|response|context|stageVariables)\b/;

/**
 * The value as written in parameter mappings of HTTP APIs: `$request.path.id`, `$context.requestId`, plain text.
 * @throws if the route has no such path variable, or HTTP APIs cannot express it
 */
export function expressionOf(value: RequestValue, context: HttpIntegrationContext): string {
  const { literal, mapping = '', parameter, stageVariable } = value._source;
  if (literal !== undefined) return literalOf(literal, context);
  const { owner, route } = context;
  if (parameter?.in === 'path' && !route.variables.includes(parameter.name)) {
    throw owner.error(
      `reads "{${parameter.name}}", which is not a path variable of the route.${variableHint(parameter.name, context)}`,
    );
  }
  if (mapping.startsWith('context.') && !/^[\w.]+$/.test(mapping)) {
    throw owner.error(
      `the context variable "${mapping.slice('context.'.length)}" has characters other than letters, digits, "." and "_", which mappings of HTTP APIs do not allow`,
    );
  }
  if (stageVariable !== undefined) context.useStageVariable(stageVariable);
  return `$${mapping.replace(/^method\./, '')}`;
}

/** Text that is the same for every request. @throws if it would be read as an expression */
export function literalOf(text: string, { owner }: HttpIntegrationContext): string {
  const plain = text.replace(/\$\{Token\[[^[\]]*\]\}/g, '');
  if (EXPRESSION.test(plain)) {
    throw owner.error(`the text ${show(text)} would be read as an expression of the request; remove "$" from it`);
  }
  return text;
}

/** Says that the route reads the stage variables that stand in the text. */
export function useStageVariables(text: string, context: HttpIntegrationContext): void {
  const literal = Token.isUnresolved(text) ? text.replace(/\$\{Token\[[^[\]]*\]\}/g, 'token') : text;
  for (const [, name] of literal.matchAll(STAGE_VARIABLE_REFERENCE)) context.useStageVariable(name);
}

/** What to write instead of a path variable that the route does not have. */
export function variableHint(name: string, { route }: HttpIntegrationContext): string {
  if (route.variables.length > 0) return suggest(name, route.variables);
  return route.isDefault
    ? ' The route $default has none; use "ANY /{proxy+}" for the path'
    : ` Add it to the path: "${route.key.replace(/\/$/, '')}/{${name}}"`;
}
