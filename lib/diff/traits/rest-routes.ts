import { type Method, type RestApi } from '../../template/model/model';
import { type Text, textKey } from '../../template/model/text';
import { isKnown, UNKNOWN, type Value } from '../../template/model/value';
import { always, breaking, byValue, harmless, opening, presence, uncertain } from '../rules';
import { type Shown, type Subject } from '../trait';
import { authorizationTraits } from './authorization';
import { bodyTraits } from './bodies';
import { coversOrigin, CORS_ORIGIN } from './cors';
import { integrationTraits } from './integration';
import { type Side, type Traits } from './side';

const PARAMETER = byValue((_, after) =>
  after === 'required' ? breaking('requests without it get 400') : harmless('no caller needs to send it'),
);
const VARIABLES = { ...always(harmless('the back end receives them by other names')), isForBoth: true };
const CONDITIONAL = presence(
  uncertain('a condition decides whether it exists'),
  harmless('it exists under every condition'),
  uncertain('another condition decides whether it exists'),
);
const IN_WORDS: Readonly<Record<string, string>> = { querystring: 'query parameter', header: 'header' };

/** `/orders/{id}` and `/orders/{key}` are one route to callers. */
export const shapeOf = (path: string): string => path.replaceAll(/\{[^{}]*?(\+?)\}/g, '{$1}');

export const routeKeyOf = (method: string, path: string): string => `${method} ${shapeOf(path)}`;

export function restRoute(side: Side, api: RestApi, method: Method): Subject {
  const { httpMethod, path, location, conditional } = method;
  const verb = httpMethod === UNKNOWN ? '?' : httpMethod;
  const traits = side.of(location);
  authorizationTraits(traits, method);
  variableTrait(traits, path);
  parameterTraits(traits, method);
  bodyTraits(traits, method, api);
  originTrait(traits, method);
  integrationTraits(traits, method.integration, 'rest');
  conditionTrait(traits, conditional);
  const isPreflight = verb === 'OPTIONS' && isKnown(method.integration) && method.integration.type === 'MOCK';
  return {
    kind: 'route',
    key: routeKeyOf(verb, textKey(path)),
    label: `${verb} ${path}`,
    location,
    traits: traits.all,
    added: addedRoute(method.authorizationType ?? 'NONE', isPreflight),
    removed: breaking(isPreflight ? 'the preflight requests of browsers fail' : 'callers get an error'),
    written: side.written.at(location),
  };
}

export function addedRoute(authorization: Value<string>, isPreflight = false): Subject['added'] {
  if (isPreflight) return harmless('browsers can send preflight requests');
  if (authorization === UNKNOWN) return uncertain('new; whether it needs authorization is unknown');
  return authorization === 'NONE' ? opening('new, and anyone can call it') : harmless('new');
}

export function conditionTrait(traits: Traits, conditional: boolean | undefined): void {
  if (!conditional) return;
  const { side, location } = traits;
  const text = 'under a condition';
  // The condition is beside the properties of the resource.
  const key = side.unknown({ ...location, path: [] }, JSON.stringify(side.written.conditionOf(location))).key;
  traits.add({ name: 'exists', rule: CONDITIONAL, value: { key, text, isSure: true } });
}

export function variableTrait(traits: Traits, path: Text): void {
  const names = [...textKey(path).matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);
  if (names.length === 0) return;
  const text = names.join(', ');
  traits.add({ name: 'path variables', rule: VARIABLES, value: { key: text, text, isSure: true }, isDefault: true });
}

/** A parameter that nothing checks is not required. */
function parameterTraits(traits: Traits, { requestParameters, validator, location }: Method): void {
  const { side } = traits;
  const checks = isKnown(validator) ? validator.validateParameters : validator === UNKNOWN ? UNKNOWN : false;
  if (requestParameters === UNKNOWN) {
    traits.add({ name: 'parameters', rule: PARAMETER, value: side.unknown(location) });
    return;
  }
  for (const [name, required] of Object.entries(requestParameters)) {
    const [, place, key] = /^method\.request\.(querystring|header)\.(.*)$/s.exec(name) ?? [];
    if (place === undefined) continue;
    traits.add({ name: `${IN_WORDS[place]} ${key}`, rule: PARAMETER, value: needOf(side, required, checks, location) });
  }
}

export function needOf(
  side: Side,
  required: Value<boolean>,
  checks: Value<boolean>,
  location: Method['location'],
): Shown {
  if (checks === false || required === false) return { key: 'optional', text: 'optional', isSure: true };
  if (checks === UNKNOWN || required === UNKNOWN) return side.unknown(location);
  return { key: 'required', text: 'required', isSure: true };
}

const ORIGIN = 'method.response.header.access-control-allow-origin';

/** What integration responses say to browsers; templates may say more, and are compared as mappings. */
function originTrait(traits: Traits, { integration }: Method): void {
  if (!isKnown(integration)) return;
  const found = integration.responses.flatMap(({ parameters }) =>
    Object.entries(isKnown(parameters) ? parameters : {}).flatMap(([name, value]) =>
      name.toLowerCase() === ORIGIN ? [typeof value === 'string' ? value.replaceAll("'", '') : value] : [],
    ),
  );
  if (found.length > 0) traits.list('CORS origin', found, CORS_ORIGIN, coversOrigin, integration.location);
}
