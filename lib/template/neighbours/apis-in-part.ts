import { type ApiInPart } from '../model/common';
import { type ApiElsewhere, API_TYPES, ApisElsewhere } from '../reader/apis-elsewhere';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';

/** The APIs that are not in the templates, by what was read of them. */
interface Read {
  readonly rest: ApisElsewhere;
  readonly v2: ApisElsewhere;
  /** Undefined for a V2 API of which nothing tells the kind. */
  readonly kinds: ReadonlyMap<ApiElsewhere, ApiInPart['kind']>;
}

/** The APIs that are elsewhere, those too that only a domain or a usage plan names. */
export function readApisInPart(app: App, { rest, v2, kinds }: Read): ApiInPart[] {
  const others = new ApisElsewhere(API_TYPES);
  for (const id of idsAround(app)) {
    if (!rest.isAlso(id) && !v2.isAlso(id)) others.of(id);
  }
  const inPart = ({ reference, location, resources }: ApiElsewhere): Omit<ApiInPart, 'kind' | 'isUnjudged'> => ({
    label: reference.label,
    resources,
    location,
  });
  return [
    ...[...rest.all].map((api) => ({ kind: 'rest' as const, isUnjudged: false, ...inPart(api) })),
    ...[...v2.all].map((api) => ({ kind: kinds.get(api), isUnjudged: kinds.get(api) === undefined, ...inPart(api) })),
    ...[...others.all].map((api) => ({ isUnjudged: false, ...inPart(api) })),
  ];
}

/** The places where resources around an API name it. */
function* idsAround(app: App): Iterable<Node> {
  for (const type of ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::BasePathMappingV2']) {
    yield* nodes(app, type).map((node) => node.get('RestApiId'));
  }
  yield* nodes(app, 'AWS::ApiGatewayV2::ApiMapping').map((node) => node.get('ApiId'));
  for (const rule of nodes(app, 'AWS::ApiGatewayV2::RoutingRule')) {
    yield* rule
      .get('Actions')
      .knownItems()
      .map((action) => action.get('InvokeApi').get('ApiId'));
  }
  for (const plan of nodes(app, 'AWS::ApiGateway::UsagePlan')) {
    yield* plan
      .get('ApiStages')
      .knownItems()
      .map((stage) => stage.get('ApiId'));
  }
}

const nodes = (app: App, type: string): Node[] =>
  [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));
