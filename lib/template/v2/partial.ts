import { type Node } from '../reader/node';
import { type ResourceRef } from '../model/place';
import { type HttpApi, type V2Api } from '../model/v2';
import { UNKNOWN } from '../model/value';
import { type V2Resources } from './resources';

type Settings = Pick<
  V2Api,
  | 'name'
  | 'description'
  | 'protocolType'
  | 'ipAddressType'
  | 'disableExecuteApiEndpoint'
  | 'disableSchemaValidation'
  | 'failOnWarnings'
  | 'routeSelectionExpression'
  | 'apiKeySelectionExpression'
>;

/** Of an API that is not in the templates. */
export const UNKNOWN_SETTINGS: Settings = {
  name: UNKNOWN,
  description: UNKNOWN,
  protocolType: UNKNOWN,
  ipAddressType: UNKNOWN,
  disableExecuteApiEndpoint: UNKNOWN,
  disableSchemaValidation: UNKNOWN,
  failOnWarnings: UNKNOWN,
  routeSelectionExpression: UNKNOWN,
  apiKeySelectionExpression: UNKNOWN,
};

/** What HTTP APIs have in addition. */
export const UNKNOWN_HTTP_SETTINGS: Pick<
  HttpApi,
  'kind' | 'quickWithoutTarget' | 'basePath' | 'corsConfiguration' | 'besideBody' | 'securityGaps'
> = {
  quickWithoutTarget: [],
  kind: 'http',
  basePath: UNKNOWN,
  corsConfiguration: UNKNOWN,
  besideBody: [],
  securityGaps: [],
};

type Kind = 'http' | 'websocket';

/** A kind, and whether only an error would make it another one's. */
interface Evidence {
  readonly kind: Kind;
  readonly isSure: boolean;
}

const surely = (kind: Kind): Evidence => ({ kind, isSure: true });
const rather = (kind: Kind): Evidence => ({ kind, isSure: false });

/** How a resource shows the kind of API that it belongs to; resources that both kinds have show nothing. */
const TELLING: Readonly<Record<string, (node: Node) => Evidence | undefined>> = {
  Route: (node) => ofRouteKey(node.get('RouteKey').string()),
  Integration: (node) => ofIntegration(node),
  Authorizer: (node) => ofAuthorizer(node),
  RouteResponse: () => surely('websocket'),
  IntegrationResponse: () => surely('websocket'),
  Model: () => surely('websocket'),
};

const has = (node: Node, ...names: string[]): boolean => names.some((name) => !node.get(name).isAbsent);

/** A key of several words is the method and the path of an HTTP API, well written or not. */
function ofRouteKey(key: unknown): Evidence | undefined {
  if (typeof key !== 'string' || key === '$default') {
    return undefined;
  }
  if (/[\s/]/.test(key)) {
    return surely('http');
  }
  return key === '$connect' || key === '$disconnect' ? surely('websocket') : rather('websocket');
}

function ofIntegration(node: Node): Evidence | undefined {
  if (has(node, 'IntegrationSubtype', 'TlsConfig') || node.get('PayloadFormatVersion').string() === '2.0') {
    return surely('http');
  }
  if (has(node, 'RequestTemplates', 'TemplateSelectionExpression', 'ContentHandlingStrategy')) {
    return surely('websocket');
  }
  if (has(node, 'PayloadFormatVersion')) {
    return rather('http');
  }
  return ['AWS', 'HTTP', 'MOCK'].includes(String(node.get('IntegrationType').string()))
    ? rather('websocket')
    : undefined;
}

function ofAuthorizer(node: Node): Evidence | undefined {
  if (has(node, 'AuthorizerPayloadFormatVersion', 'EnableSimpleResponses')) {
    return surely('http');
  }
  return has(node, 'JwtConfiguration') || node.get('AuthorizerType').string() === 'JWT' ? rather('http') : undefined;
}

/** The kind of an API, from its resources; undefined if they do not tell, or contradict each other. */
export function kindByParts(resources: V2Resources, api: ResourceRef): Kind | undefined {
  const told = Object.entries(TELLING).flatMap(([type, evidence]) =>
    resources.of(api, type).flatMap((node) => evidence(node) ?? []),
  );
  const sure = told.filter(({ isSure }) => isSure);
  const kinds = new Set((sure.length > 0 ? sure : told).map(({ kind }) => kind));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}
