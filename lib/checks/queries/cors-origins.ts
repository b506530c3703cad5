import { type Method } from '../../template/model/model';
import { isKnown, type Text } from '../../template/model/value';
import { headerValue } from './common';

/** `*`, and the values that an HTTP API accepts for every origin of a scheme. */
export const isAnyOrigin = (origin: string): boolean => /^(https?:\/\/)?\*$/i.test(origin);

/** `https://*.example.com`, which no browser sends and REST APIs do not expand. */
export const isBelowName = (origin: string): boolean => /^https?:\/\/\*\.[^*/]+$/i.test(origin);

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';

/** Origins that the integration responses of the method allow, as expressions. */
export function allowedOrigins(method: Method): Text[] {
  const responses = isKnown(method.integration) ? method.integration.responses : [];
  return responses.flatMap(({ parameters }) => headerValue(parameters, ALLOW_ORIGIN) ?? []);
}

/** Whether a template or a mapping sets the header. */
export function setsOrigin(response: {
  readonly parameters: Readonly<Record<string, Text>>;
  readonly templates: Readonly<Record<string, Text>>;
}): boolean {
  return (
    headerValue(response.parameters, ALLOW_ORIGIN) !== undefined ||
    Object.values(response.templates).some((template) => template.toLowerCase().includes(ALLOW_ORIGIN.toLowerCase()))
  );
}
