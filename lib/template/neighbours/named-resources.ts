import { type NamedKind, type NamedResource } from '../model/references';
import { type ResourceRef, resourceKey } from '../model/place';
import { afterLast, isLiteral, isUnknownText, referenceOf, splitText, type Text, textKey } from '../model/text';
import { isKnown, type Value } from '../model/value';
import { type Node } from '../reader/node';
import { type Reaches } from '../reader/reach';
import { type App } from '../reader/scope';
import { grouped } from '../../lookup/grouped';
import { apiOf, modelsOf } from './api-references';
import { nodes, stageNames } from './stage-names';
import { type NamedStage, type Stages } from './usage';
import { type WebAclAssociation } from '../model/neighbours';

const V1 = 'AWS::ApiGateway::';
const V2 = 'AWS::ApiGatewayV2::';
const APIS = [`${V1}RestApi`, `${V2}Api`];
const DOMAINS = [`${V1}DomainName`, `${V1}DomainNameV2`, `${V2}DomainName`];
/** The models that every REST API has. */
const BUILT_IN = ['Empty', 'Error'];

const IN_APIS: readonly NamedKind[] = ['stage', 'model', 'documentation version'];

/** A resource by its name, inside an API if it belongs to one. */
type Named = Pick<NamedStage, 'ref' | 'api' | 'name'>;

/** In place of the key of an API. */
const NO_API = '';

/** The names of some resources, gathered once for all that name one. */
class Names {
  /** The first of each name. */
  public readonly byName = new Map<string, ResourceRef>();
  /** All names; undefined if one is not known. */
  public readonly literals?: readonly string[];

  constructor(resources: readonly Named[]) {
    for (const { name, ref } of resources) {
      const key = name === undefined ? undefined : textKey(name);
      if (key !== undefined && !this.byName.has(key)) this.byName.set(key, ref);
    }
    const names = resources.map(({ name }) => name);
    if (names.every(isLiteral)) this.literals = names;
  }
}

/** Reads what names stages, domains, models and documentation versions, and what it waits for. */
export class NamedResources {
  private readonly names = new Map<readonly Named[], ReadonlyMap<string, Names>>();

  constructor(
    private readonly app: App,
    private readonly stages: Stages,
    private readonly reaches: Reaches,
    private readonly associations: readonly WebAclAssociation[],
  ) {}

  public read(): NamedResource[] {
    return [
      ...this.stageNames(),
      ...this.domainNames(),
      ...this.models(),
      ...this.documentationVersions(),
      ...this.functions(),
      ...this.logGroups(),
    ];
  }

  private *stageNames(): Iterable<NamedResource> {
    for (const { by, api, stage } of stageNames(this.app)) {
      const found = this.naming('stage', by, stage, api.resource(...APIS), this.stages.all);
      if (found) yield found;
    }
    for (const { location, resourceArn, api } of this.associations) {
      const name = resourceArn && afterLast(resourceArn, '/stages/');
      const place = { ...location, path: [...location.path, 'ResourceArn'] };
      const isNamed = name !== undefined && referenceOf(name) === undefined;
      const found = !isNamed ? undefined : this.namingOf('stage', location, place, name, api, this.stages.all);
      if (found) yield found;
    }
  }

  private domainNames(): NamedResource[] {
    const { app } = this;
    const domains: Named[] = DOMAINS.flatMap((type) => nodes(app, type)).map((node) => ({
      ref: node.ref,
      name: node.get('DomainName').text(),
    }));
    return [`${V1}BasePathMapping`, `${V2}ApiMapping`].flatMap((type) =>
      nodes(app, type).flatMap((node) => {
        const found = this.naming('domain name', node.ref, node.get('DomainName'), undefined, domains);
        // A domain may be in any other stack.
        return found ? [{ ...found, others: undefined }] : [];
      }),
    );
  }

  private models(): NamedResource[] {
    const { app } = this;
    const models: Named[] = [`${V1}Model`, `${V2}Model`]
      .flatMap((type) => nodes(app, type))
      .map((node) => {
        const api = apiOf(node);
        return { ref: node.ref, name: node.get('Name').text(), ...(isKnown(api) && { api }) };
      });
    const used = [
      ...nodes(app, `${V1}Method`).flatMap((node) => modelsOf(node).map((model) => [node, model] as const)),
      ...nodes(app, `${V2}Route`).flatMap((node) =>
        node
          .get('RequestModels')
          .entries()
          .map((model) => [node, model] as const),
      ),
    ];
    return used.flatMap(([node, model]) => {
      const text = model.text();
      const isBuiltIn = isLiteral(text) && BUILT_IN.includes(text);
      return (isBuiltIn ? undefined : this.naming('model', node.ref, model, apiOf(node), models)) ?? [];
    });
  }

  private documentationVersions(): NamedResource[] {
    const { app } = this;
    const versions: Named[] = nodes(app, `${V1}DocumentationVersion`).map((node) => {
      const api = apiOf(node);
      return { ref: node.ref, name: node.get('DocumentationVersion').text(), ...(isKnown(api) && { api }) };
    });
    return nodes(app, `${V1}Stage`).flatMap(
      (stage) =>
        this.naming('documentation version', stage.ref, stage.get('DocumentationVersion'), apiOf(stage), versions) ??
        [],
    );
  }

  /** Functions that permissions for API Gateway name; one may be in any other stack. */
  private functions(): NamedResource[] {
    const { app } = this;
    const functions: Named[] = nodes(app, 'AWS::Lambda::Function').map((node) => ({
      ref: node.ref,
      name: node.get('FunctionName').text(),
    }));
    return nodes(app, 'AWS::Lambda::Permission').flatMap((node) => {
      const name = node.get('FunctionName');
      const text = node.get('Principal').string() === 'apigateway.amazonaws.com' ? name.text() : undefined;
      const bare = text && (afterLast(text, ':function:') ?? text);
      const found =
        bare === undefined || name.reference() !== undefined
          ? undefined
          : this.namingOf('function', node.ref, name.location, bare, undefined, functions);
      return found?.target ? [{ ...found, others: undefined }] : [];
    });
  }

  /** Log groups that the ARNs of access logs name. */
  private logGroups(): NamedResource[] {
    const { app } = this;
    const groups: Named[] = nodes(app, 'AWS::Logs::LogGroup').map((node) => ({
      ref: node.ref,
      name: node.get('LogGroupName').text(),
    }));
    const stages = [
      ...nodes(app, `${V1}Stage`).map((node) => [node, node.get('AccessLogSetting')] as const),
      ...nodes(app, `${V2}Stage`).map((node) => [node, node.get('AccessLogSettings')] as const),
    ];
    return stages.flatMap(([stage, settings]) => {
      const arn = settings.get('DestinationArn');
      const text = arn.text();
      const [, name] = text === undefined ? [] : splitText(text, [':log-group:', ':']);
      const found =
        name === undefined || arn.reference() !== undefined
          ? undefined
          : this.namingOf('log group', stage.ref, arn.location, name, undefined, groups);
      return found?.target ? [{ ...found, others: undefined }] : [];
    });
  }

  /** The names of the resources that belong to the API; of those that belong to none, if it is not given. */
  private namesIn(all: readonly Named[], api: ResourceRef | undefined): Names | undefined {
    let known = this.names.get(all);
    if (!known) {
      const byApi = grouped(all, (one) => (one.api === undefined ? NO_API : resourceKey(one.api)));
      known = new Map([...byApi].map(([key, some]) => [key, new Names(some)]));
      this.names.set(all, known);
    }
    return known.get(api === undefined ? NO_API : resourceKey(api));
  }

  private naming(
    kind: NamedKind,
    by: ResourceRef,
    name: Node,
    api: Value<ResourceRef> | undefined,
    all: readonly Named[],
  ): NamedResource | undefined {
    const text = name.text();
    return text === undefined || name.reference() !== undefined
      ? undefined
      : this.namingOf(kind, by, name.location, text, isKnown(api) ? api : undefined, all);
  }

  private namingOf(
    kind: NamedKind,
    by: ResourceRef,
    location: NamedResource['location'],
    name: Text,
    api: ResourceRef | undefined,
    all: readonly Named[],
  ): NamedResource | undefined {
    if (isUnknownText(name) || (IN_APIS.includes(kind) && api === undefined)) {
      return undefined;
    }
    const own = this.namesIn(all, api);
    const target = own?.byName.get(textKey(name));
    const others = isLiteral(name) && target === undefined ? (own ? own.literals : []) : undefined;
    return {
      location,
      kind,
      name,
      ...(api && { api }),
      ...(target && { target }),
      waits: target !== undefined && this.waits(by, target),
      ...(others && { others }),
    };
  }

  /** Across templates the order is that of the stacks. */
  private waits(by: ResourceRef, target: ResourceRef): boolean {
    return by.template !== target.template || this.reaches.of(by).reaches(by.logicalId, target);
  }
}
