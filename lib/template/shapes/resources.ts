import { RESOURCE_PROPERTIES } from '../../facts/resource-properties';
import { SAM_EVENTS, SAM_PROPERTIES } from '../../facts/sam-properties';
import { at } from '../../lookup/named';
import { type Located } from '../model/place';
import { type GatewayResource, type OddProperty } from '../model/shapes';
import { Node } from '../reader/node';
import { own, type Scope } from '../reader/scope';
import { Fits } from './fits';
import { type Fields, fieldsOf } from './grammar';
import { OddDocument } from './document';
import { nullsOf } from './nulls';
import { Odd } from './odd';

const GATEWAY = /^AWS::(ApiGateway(V2)?|Serverless)::/;

/** The keys of a resource other than its properties; the last two are SAM's. */
const ATTRIBUTES =
  'Type Properties DependsOn Condition Metadata DeletionPolicy UpdateReplacePolicy UpdatePolicy CreationPolicy IgnoreGlobals Connectors'.split(
    ' ',
  );

/** How a resource holds its document. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'Body',
  'AWS::ApiGatewayV2::Api': 'Body',
  'AWS::Serverless::Api': 'DefinitionBody',
  'AWS::Serverless::HttpApi': 'DefinitionBody',
};

/** Transforms of AWS, after which properties are those of CloudFormation and SAM; other macros take what they like. */
const TRANSFORMS = /^AWS::(Serverless-2016-10-31|LanguageExtensions|Include|CodeDeployBlueGreen|SecretsManager-.*)$/;

const parsed = new Map<string, Fields>();

function fields(text: string): Fields {
  let known = parsed.get(text);
  if (!known) parsed.set(text, (known = fieldsOf(text)));
  return known;
}

/** The resources as they are written: those of SAM before it makes others of them. */
export function readGatewayResources(scopes: Iterable<Scope>): GatewayResource[] {
  const found: GatewayResource[] = [];
  for (const scope of scopes) {
    if (hasMacro(scope)) continue;
    const fits = new Fits(scope);
    for (const [type, logicalIds] of scope.byType) {
      if (!GATEWAY.test(type)) continue;
      found.push(...logicalIds.map((logicalId) => new Resource(type, Node.properties(scope, logicalId), scope, fits)));
    }
  }
  return found;
}

function hasMacro({ source }: Scope): boolean {
  const transforms: readonly unknown[] = [own(source.template, 'Transform') ?? []].flat();
  return transforms.some((name) => typeof name !== 'string' || !TRANSFORMS.test(name));
}

/** Resources are as many as routes: what is odd in one is looked for when a rule asks. */
class Resource implements GatewayResource {
  private found?: readonly OddProperty[];

  constructor(
    public readonly type: string,
    private readonly node: Node,
    private readonly scope: Scope,
    private readonly fits: Fits,
  ) {}

  public get location() {
    return this.node.location;
  }

  public get odd(): readonly OddProperty[] {
    return (this.found ??= [...this.attributes(), ...oddOf(this.type, this.node, this.fits)]);
  }

  public get nulls(): readonly Located[] {
    return nullsOf(this.node.ref, this.scope);
  }

  /** What is written next to the properties, in their place or otherwise. */
  private attributes(): OddProperty[] {
    const { ref } = this.node;
    const body = this.scope.resources.get(ref.logicalId) ?? {};
    const isKnownType = at(RESOURCE_PROPERTIES, this.type) !== undefined;
    return Object.keys(body)
      .filter((name) => isKnownType && !ATTRIBUTES.includes(name) && !name.startsWith('Fn::'))
      .map((name) => ({
        location: { ...ref, path: [name] },
        name,
        fault: 'unknown',
        owner: 'a resource',
        allowed: ATTRIBUTES.slice(0, -2),
        isRefused: true,
      }));
  }
}

function oddOf(type: string, node: Node, fits: Fits): readonly OddProperty[] {
  const events = at(SAM_EVENTS, type);
  if (events)
    return node
      .get('Events')
      .entries()
      .flatMap((event) => oddOfEvent(event, events));
  const properties = at(RESOURCE_PROPERTIES, type) ?? at(SAM_PROPERTIES, type);
  const odd = new Odd();
  if (properties === undefined) return [];
  const allowed = fields(properties);
  if (!fits.object(node.written, allowed)) odd.properties(node, allowed, type);
  const document = at(DOCUMENTS, type);
  return document === undefined ? odd.found : [...odd.found, ...new OddDocument(node.get(document)).found];
}

function oddOfEvent(event: Node, events: Readonly<Record<string, string>>): readonly OddProperty[] {
  const type = event.get('Type').string();
  const properties = typeof type === 'string' ? at(events, type) : undefined;
  const odd = new Odd();
  if (properties !== undefined)
    odd.object(event.get('Properties'), fields(properties), `an event of type ${String(type)}`);
  return odd.found;
}
