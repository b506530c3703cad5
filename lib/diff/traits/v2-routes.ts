import { type HttpApi, type V2Route, type WebSocketApi } from '../../template/model/model';
import { textKey } from '../../template/model/text';
import { UNKNOWN } from '../../template/model/value';
import { breaking, byValue, harmless } from '../rules';
import { type Subject } from '../trait';
import { authorizationTraits } from './authorization';
import { integrationTraits } from './integration';
import { addedRoute, conditionTrait, needOf, routeKeyOf, variableTrait } from './rest-routes';
import { type Side } from './side';

const PARAMETER = byValue((_, after) =>
  after === 'required' ? breaking('handshakes without it are refused') : harmless('no client needs to send it'),
);

export function v2Route(side: Side, { kind }: HttpApi | WebSocketApi, route: V2Route): Subject {
  const { routeKey, httpMethod, path, location, requestParameters } = route;
  const verb = httpMethod === UNKNOWN ? '?' : (httpMethod ?? '');
  const label = path === undefined ? (routeKey === UNKNOWN ? '?' : routeKey) : `${verb} ${path}`;
  const traits = side.of(location);
  // Of a WebSocket API, only the handshake is authorized.
  const isAuthorized = kind === 'http' || routeKey === '$connect';
  if (isAuthorized) authorizationTraits(traits, route);
  if (path !== undefined) variableTrait(traits, path);
  for (const [name, required] of Object.entries(requestParameters === UNKNOWN ? {} : requestParameters)) {
    const [, place, key] = /^route\.request\.(querystring|header)\.(.*)$/s.exec(name) ?? [];
    const word = place === 'header' ? 'header' : 'query parameter';
    if (place !== undefined) {
      traits.add({ name: `${word} ${key}`, rule: PARAMETER, value: needOf(side, required, true, location) });
    }
  }
  if (requestParameters === UNKNOWN) traits.add({ name: 'parameters', rule: PARAMETER, value: side.unknown(location) });
  integrationTraits(traits, route.integration, kind);
  conditionTrait(traits, route.conditional);
  return {
    kind: 'route',
    key: path === undefined ? label : routeKeyOf(verb, textKey(path)),
    label,
    location,
    traits: traits.all,
    added: isAuthorized ? addedRoute(route.authorizationType ?? 'NONE') : harmless('new'),
    removed: breaking(kind === 'http' ? 'callers get an error' : 'messages of this kind are not taken'),
    written: side.written.at(location),
  };
}
