import { type LambdaTargets } from './lambda';
import { type Integration, type IntegrationResponse } from './model';
import { loadBalancerType } from './neighbours';
import { type Node } from './node';
import { isDict } from './scope';
import { isKnown, UNKNOWN, type Value } from './value';

/** How a template spells the properties: `Uri` in resources, `uri` in a body. */
type Spelling = (name: string) => string;

const inResource: Spelling = (name) => name;
const inBody: Spelling = (name) => name[0].toLowerCase() + name.slice(1);

type Unlocated = Omit<Integration, 'location'>;

export function integrationOfResource(node: Node, lambdas: LambdaTargets): Value<Integration> | undefined {
  return located(
    node,
    integration(node, inResource, lambdas, {
      httpMethod: node.get('IntegrationHttpMethod').string(),
      responses: responsesOf(node.get('IntegrationResponses'), (list) =>
        list.knownItems().map((item) => response(item, inResource, item.get('SelectionPattern').string() ?? '')),
      ),
    }),
  );
}

export function integrationOfBody(node: Node, lambdas: LambdaTargets): Value<Integration> | undefined {
  const { written } = node;
  // The routes of one function have the same integration, which is read once. One with responses has places of its own.
  if (!isDict(written) || Object.hasOwn(written, 'responses')) {
    return located(node, readFromBody(node, lambdas));
  }
  const key = `${node.ref.template} ${JSON.stringify(written)}`;
  if (!lambdas.integrations.has(key)) {
    lambdas.integrations.set(key, readFromBody(node, lambdas));
  }
  return located(node, lambdas.integrations.get(key));
}

function readFromBody(node: Node, lambdas: LambdaTargets): Value<Unlocated> | undefined {
  return integration(node, inBody, lambdas, {
    httpMethod: node.get('httpMethod').upper(),
    responses: responsesOf(node.get('responses'), (all) =>
      all.entries().map((item) => response(item, inBody, item.name === 'default' ? '' : item.name)),
    ),
  });
}

/** Where they cannot be told there is one of which nothing is known: no rule may take it for none. */
function responsesOf(node: Node, read: (node: Node) => IntegrationResponse[]): IntegrationResponse[] {
  return node.value === UNKNOWN
    ? [{ location: node.location, selectionPattern: UNKNOWN, statusCode: UNKNOWN, parameters: {}, templates: {} }]
    : read(node);
}

function located(node: Node, read: Value<Unlocated> | undefined): Value<Integration> | undefined {
  if (!isKnown(read)) {
    return read;
  }
  return {
    ...read,
    get location() {
      return node.location;
    },
  };
}

function integration(
  node: Node,
  spelling: Spelling,
  lambdas: LambdaTargets,
  own: Pick<Integration, 'httpMethod' | 'responses'>,
): Value<Unlocated> | undefined {
  if (!node.isObject) {
    return node.isAbsent ? undefined : UNKNOWN;
  }
  const at = (name: string): Node => node.get(spelling(name));
  // A body may be written in lower case, which the import takes; a resource may not.
  const word = (name: string): Value<string> | undefined =>
    spelling === inBody ? at(name).upper() : at(name).string();
  const uri = at('Uri');
  const target = at('IntegrationTarget');
  const targetType = loadBalancerType(lambdas.app, target);
  const cloudMapService = target.resource('AWS::ServiceDiscovery::Service');
  return {
    ...own,
    type: word('Type'),
    uri: uri.text(),
    credentials: at('Credentials').text(),
    connectionType: word('ConnectionType'),
    connectionId: at('ConnectionId').text(),
    integrationTarget: target.text(),
    ...(isKnown(cloudMapService) && { cloudMapService }),
    ...(targetType !== undefined && { targetType }),
    requestParameters: at('RequestParameters').textRecord(),
    requestTemplates: at('RequestTemplates').textRecord(),
    passthroughBehavior: word('PassthroughBehavior'),
    contentHandling: word('ContentHandling'),
    timeoutInMillis: at('TimeoutInMillis').number(),
    cacheKeyParameters: at('CacheKeyParameters').strings(),
    cacheNamespace: at('CacheNamespace').string(),
    responseTransferMode: word('ResponseTransferMode'),
    insecureSkipVerification: at('TlsConfig').get(spelling('InsecureSkipVerification')).bool(),
    lambda: lambdas.ofUri(uri),
  };
}

function response(node: Node, spelling: Spelling, selectionPattern: Value<string>): IntegrationResponse {
  const at = (name: string): Node => node.get(spelling(name));
  return {
    location: node.location,
    selectionPattern,
    statusCode: at('StatusCode').string() ?? UNKNOWN,
    parameters: at('ResponseParameters').textRecord(),
    templates: at('ResponseTemplates').textRecord(),
    contentHandling: spelling === inBody ? at('ContentHandling').upper() : at('ContentHandling').string(),
  };
}
