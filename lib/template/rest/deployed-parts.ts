import { type DeployedPart } from '../model/deployment';
import { isTooDeep } from '../reader/json-text';
import { type Node } from '../reader/node';
import { plain } from '../openapi/plain';
import { UNKNOWN_TEXT } from '../model/text';

/**
 * Properties of the API itself that reach callers by a deployment only.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 */
const SETTINGS = [
  'ApiKeySourceType',
  'BinaryMediaTypes',
  'BodyS3Location',
  'DisableExecuteApiEndpoint',
  'EndpointConfiguration',
  'MinimumCompressionSize',
  'Policy',
];
/** What says something to people, and to no caller. */
const NOT_DEPLOYED = ['Description', 'OperationName', 'RestApiId'];
/** The same of a definition. */
const NOT_DEPLOYED_OF_BODY = ['info', 'openapi', 'swagger', 'tags', 'externalDocs'];

/** The parts of the API, and of the resources that belong to it; `nameOf` tells what people call one of these. */
export function deployedParts(
  api: Node,
  children: readonly Node[],
  nameOf: (child: Node) => string | undefined,
): DeployedPart[] {
  return [
    ...SETTINGS.map((name) => api.get(name))
      .filter((setting) => !setting.isAbsent)
      .map((setting) => part(setting, setting.name)),
    ...partsOfBody(api.get('Body')),
    ...children.map((child) => ({
      location: child.location,
      name: nameOf(child) ?? child.ref.logicalId,
      content: Object.fromEntries(
        child
          .entries()
          .filter(({ name }) => !NOT_DEPLOYED.includes(name))
          .map((entry) => [entry.name, contentOf(entry)]),
      ),
    })),
  ];
}

/** Operation by operation, component by component, so a change can be named. */
function partsOfBody(body: Node): DeployedPart[] {
  if (!body.isObject) {
    return body.isAbsent ? [] : [part(body, 'Body')];
  }
  return body
    .entries()
    .filter(({ name }) => !NOT_DEPLOYED_OF_BODY.includes(name))
    .flatMap((section) => {
      switch (section.isObject ? section.name : undefined) {
        case 'paths':
          return inner(section).map(([path, operation]) => part(operation, routeName(path, operation)));
        case 'components':
          return inner(section).map(([, component]) => part(component, component.name));
        default:
          return [part(section, section.name)];
      }
    });
}

/** What is two levels below; what is less deep stands for itself. */
function inner(section: Node): [first: string, Node][] {
  return section
    .entries()
    .flatMap((first): [string, Node][] =>
      first.isObject ? first.entries().map((second) => [first.name, second]) : [[first.name, first]],
    );
}

const routeName = (path: string, { name }: Node): string =>
  `${name === 'x-amazon-apigateway-any-method' ? 'ANY' : name.toUpperCase()} ${path}`;

const part = (node: Node, name: string): DeployedPart => ({
  location: node.location,
  name,
  content: contentOf(node),
});

const contentOf = (node: Node): unknown => (isTooDeep(node.written) ? UNKNOWN_TEXT : plain(node));
