import { type GatewayKind } from '../../facts/kinds';
import { type PlainResource } from '../../template/reader/plain-resources';
import { typesOf } from './callers';
import { type PropText } from './prop-text';
import { literal } from './values';

/** Props that keep how clients reach a REST API, where the defaults of a gateway differ. */
export function reachOf(kind: GatewayKind, { properties }: PlainResource): { readonly [name: string]: PropText } {
  if (kind !== 'rest') {
    return literal(properties.DisableExecuteApiEndpoint) === 'true' ? { disableExecuteApiEndpoint: 'true' } : {};
  }
  const types = typesOf(properties);
  const type = types === undefined ? 'EDGE' : literal(types);
  const policy = properties.SecurityPolicy === undefined ? undefined : literal(properties.SecurityPolicy);
  const kept = policy ?? (type === 'PRIVATE' ? 'TLS_1_2' : 'TLS_1_0');
  const mode = literal(properties.EndpointAccessMode);
  return {
    ...(type === undefined || type === 'REGIONAL' ? {} : { endpointType: `RestEndpointType.${type}` }),
    securityPolicy: `SecurityPolicy.${kept.replace(/^SecurityPolicy_/, '')}`,
    ...(kept.startsWith('SecurityPolicy_') ? { endpointAccessMode: `EndpointAccessMode.${mode ?? 'BASIC'}` } : {}),
    ...(literal(properties.DisableExecuteApiEndpoint) === undefined
      ? {}
      : { disableExecuteApiEndpoint: String(literal(properties.DisableExecuteApiEndpoint)) }),
  };
}
