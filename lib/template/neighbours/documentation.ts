import { type DocumentationPart, type DocumentationVersion } from '../model/documentation';
import { type ResourceRef } from '../model/place';
import { type Value } from '../model/value';
import { Node } from '../reader/node';
import { type Reaches } from '../reader/reach';
import { type App } from '../reader/scope';

const API = 'AWS::ApiGateway::RestApi';
const FIELDS = ['Path', 'Method', 'Name', 'StatusCode'];

const inBody = (name: string): string => name[0].toLowerCase() + name.slice(1);

const nodes = (app: App, type: string): Node[] =>
  [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));

/** The parts that are resources, and those of documents. */
export function readDocumentationParts(app: App): DocumentationPart[] {
  const resources = nodes(app, 'AWS::ApiGateway::DocumentationPart').map((node) =>
    part(node, node.get('RestApiId').resource(API), (name) => name),
  );
  const documents = nodes(app, API).flatMap((node) =>
    node
      .get('Body')
      .get('x-amazon-apigateway-documentation')
      .get('documentationParts')
      .knownItems()
      .map((item) => part(item, node.ref, inBody)),
  );
  return [...resources, ...documents];
}

function part(node: Node, api: Value<ResourceRef> | undefined, spelling: (name: string) => string): DocumentationPart {
  const location = node.get(spelling('Location'));
  const properties = node.get(spelling('Properties'));
  const given = FIELDS.map((name) => [name, location.get(spelling(name)).string()] as const);
  return {
    location: node.location,
    api,
    type: location.get(spelling('Type')).string(),
    fields: Object.fromEntries(given.filter((pair): pair is [string, Value<string>] => pair[1] !== undefined)),
    ...(!properties.isObject && { properties: properties.text() }),
  };
}

export function readDocumentationVersions(app: App, reaches: Reaches): DocumentationVersion[] {
  return nodes(app, 'AWS::ApiGateway::DocumentationVersion').map((node) => ({
    location: node.location,
    api: node.get('RestApiId').resource(API),
    version: node.get('DocumentationVersion').string(),
    reachesOneOf: (logicalIds) => reaches.of(node.ref).reachesOneOf(node.ref.logicalId, logicalIds),
  }));
}
