import { type GatewayResponse, type IntegrationResponse, type Method } from '../../template/model/model';
import { outline, type Text, type Texts } from '../../template/model/text';
import { isKnown, knownOr, type Value } from '../../template/model/value';
import { headerValue } from './common';

/** `*`, and the values that an HTTP API accepts for every origin of a scheme. */
export const isAnyOrigin = (origin: string): boolean => /^(https?:\/\/)?\*$/i.test(origin);

/** `https://*.example.com`, which no browser sends and REST APIs do not expand. */
export const isBelowName = (origin: string): boolean => /^https?:\/\/\*\.[^*/]+$/i.test(origin);

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';

/** Origins that the integration responses of the method allow, as expressions. */
export function allowedOrigins(method: Method): Text[] {
  const responses = isKnown(method.integration) ? method.integration.responses : [];
  return responses.map(({ parameters }) => headerValue(parameters, ALLOW_ORIGIN)).filter(isKnown);
}

/** Whether a template or a mapping is known to set the header. */
export function setsOrigin(response: GatewayResponse | IntegrationResponse): boolean {
  return (
    isKnown(headerValue(response.parameters, ALLOW_ORIGIN)) ||
    Object.values(knownOr(response.templates, {})).some((template) =>
      outline(template).toLowerCase().includes(ALLOW_ORIGIN.toLowerCase()),
    )
  );
}

/** The same, or unknown. */
export const maySetOrigin = (response: GatewayResponse | IntegrationResponse): boolean =>
  setsOrigin(response) || !isKnown(response.parameters) || !isKnown(response.templates);

/** Whether the response tells browsers that credentials may be sent. */
export function allowsCredentials(parameters: Value<Texts>): boolean {
  const value = headerValue(parameters, 'Access-Control-Allow-Credentials');
  return typeof value === 'string' && value.toLowerCase() === "'true'";
}
