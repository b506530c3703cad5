import { type V2Resource } from '../model/references';
import { UNKNOWN } from '../model/value';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';

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

/** The resources of HTTP and WebSocket APIs, and which of their properties are set. */
export function readV2Properties(app: App): V2Resource[] {
  return TYPES.flatMap((type) =>
    [...app.ofType(`${V2}${type}`)].map(({ scope, logicalId }): V2Resource => {
      const node = Node.properties(scope, logicalId);
      const properties = node.keys().filter((name) => {
        const { value } = node.get(name);
        return value !== UNKNOWN && value !== '' && value !== false;
      });
      const api = type === 'Api' ? node.ref : (node.get('ApiId').resource(API) ?? UNKNOWN);
      return { location: node.location, type, api, properties };
    }),
  );
}
