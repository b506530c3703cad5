import { type V2Resource } from '../model/references';
import { UNKNOWN } from '../model/value';
import { type Node } from '../reader/node';
import { type App } from '../reader/scope';
import { nodes } from './stage-names';

const V2 = 'AWS::ApiGatewayV2::';
const API = `${V2}Api`;
const TYPES = [
  'Api',
  'Authorizer',
  'Integration',
  'IntegrationResponse',
  'Model',
  'Route',
  'RouteResponse',
  'Stage',
  'Deployment',
];

/** One of thousands: its place is only that of a finding. */
class Resource implements V2Resource {
  constructor(
    private readonly node: Node,
    public readonly type: string,
    public readonly api: V2Resource['api'],
  ) {}

  public get location() {
    return this.node.location;
  }

  public has(property: string): boolean {
    const { value } = this.node.get(property);
    return value !== undefined && value !== UNKNOWN && value !== '' && value !== false;
  }
}

/** The resources of HTTP and WebSocket APIs, and which of their properties are set. */
export function readV2Properties(app: App): V2Resource[] {
  return TYPES.flatMap((type) =>
    nodes(app, V2 + type).map((node) => {
      const api = type === 'Api' ? node.ref : (node.get('ApiId').resource(API) ?? UNKNOWN);
      return new Resource(node, type, api);
    }),
  );
}
