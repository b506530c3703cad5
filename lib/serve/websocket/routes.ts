import { type SelectionExpression } from './expression';
import { variableReader, type VariableSources } from './variables';

export const CONNECT = '$connect';
export const DISCONNECT = '$disconnect';
export const DEFAULT = '$default';

/** What a message selected: a route, and the key that it was looked up by. */
export interface Selected<T> {
  /** Undefined if the message has no key: it is not JSON, and the expression reads it. */
  readonly key?: string;
  readonly route?: T;
}

/**
 * The route of a message: that of its key, else `$default`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 */
export function selectRoute<T>(
  routes: ReadonlyMap<string, T>,
  expression: SelectionExpression,
  sources: VariableSources,
): Selected<T> {
  if (readsMessage(expression) && !sources.message.isJson) return found({}, routes.get(DEFAULT));
  const key = expression.evaluate(variableReader(sources));
  // Connections come and go by themselves: no message calls these routes.
  const own = key === CONNECT || key === DISCONNECT ? undefined : routes.get(key);
  return found({ key }, own ?? routes.get(DEFAULT));
}

const found = <T>(selected: Selected<T>, route: T | undefined): Selected<T> =>
  route === undefined ? selected : { ...selected, route };

const readsMessage = (expression: SelectionExpression): boolean =>
  expression.variables.some((name) => /^request\.body\b/.test(name));

/** The entry of a key, else that of `$default`. */
export function selectEntry<T>(entries: ReadonlyMap<string, T>, key: string): { key: string; value: T } | undefined {
  const chosen = [key, DEFAULT].find((each) => entries.has(each));
  return chosen === undefined ? undefined : { key: chosen, value: entries.get(chosen) as T };
}
