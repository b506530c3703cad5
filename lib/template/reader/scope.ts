import { Expression } from '../model/expression';
import { type ResourceRef } from '../model/model';
import { withoutLoops } from './loops';
import { type CfnResourceBody, type CfnTemplate, type TemplateSource } from './source';

export type Dict = Readonly<Record<string, unknown>>;

export function isDict(value: unknown): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property; never one of the prototype. */
export function own(dict: unknown, key: string): unknown {
  return isDict(dict) && Object.hasOwn(dict, key) ? dict[key] : undefined;
}

/** One template, indexed. */
export class Scope {
  public readonly resources = new Map<string, CfnResourceBody>();
  /** Logical ids by resource type, in the order of the template. */
  public readonly byType = new Map<string, string[]>();
  /** Results of outputs and parameters, so a cycle ends and nothing is resolved twice. */
  public readonly resolved = new Map<string, unknown>();
  /** Results of `Fn::Sub` by pattern: the routes of an API name the same few functions. */
  public readonly substituted = new Map<string, unknown>();
  /** Results of functions by their place: the model and several rules look at the same places. */
  public readonly evaluated = new Map<object, unknown>();
  /** What `Ref` and `Fn::GetAtt` of a resource come to: what is known of one is known of all. */
  private readonly references = new Map<string, Map<string | undefined, Expression>>();
  private readonly pseudoParameters = new Map<string, Expression>();
  private readonly types = new Map<string, string>();
  public readonly children = new Map<string, Scope>();
  public parent?: Scope;
  private readonly template: CfnTemplate;

  constructor(
    public readonly source: TemplateSource,
    public readonly app: App,
  ) {
    this.template = withoutLoops(source.template);
    const resources = own(this.template, 'Resources');
    for (const [logicalId, body] of isDict(resources) ? Object.entries(resources) : []) {
      if (!isDict(body)) {
        continue;
      }
      this.resources.set(logicalId, body);
      const type = own(body, 'Type');
      if (typeof type === 'string') {
        this.types.set(logicalId, type);
        const list = this.byType.get(type);
        if (list) {
          list.push(logicalId);
        } else {
          this.byType.set(type, [logicalId]);
        }
      }
    }
  }

  public get file(): string {
    return this.source.file;
  }

  public section(name: string, key: string): unknown {
    return own(own(this.template, name), key);
  }

  /** Names of outputs. */
  public get outputs(): string[] {
    const outputs = own(this.template, 'Outputs');
    return isDict(outputs) ? Object.keys(outputs) : [];
  }

  /** One and the same for each place that refers to the resource, or to its attribute. */
  public referenceTo(logicalId: string, attribute?: string): Expression {
    let known = this.references.get(logicalId);
    if (!known) this.references.set(logicalId, (known = new Map()));
    let expression = known.get(attribute);
    if (!expression) {
      const named = attribute === undefined ? {} : { attribute };
      expression = new Expression([{ kind: 'resource', template: this.file, logicalId, ...named }], this.file);
      known.set(attribute, expression);
    }
    return expression;
  }

  /** `AWS::Region` and the like: one and the same for each place that refers to it. */
  public pseudoParameter(name: string): Expression {
    let expression = this.pseudoParameters.get(name);
    if (!expression) {
      expression = new Expression([{ kind: 'pseudo', template: '', logicalId: name }], this.file);
      this.pseudoParameters.set(name, expression);
    }
    return expression;
  }

  public typeOf(logicalId: string): string | undefined {
    return this.types.get(logicalId);
  }
}

/** All templates at hand. */
export class App {
  public readonly scopes = new Map<string, Scope>();
  /** Outputs by export name; filled at the first import. */
  public exports?: ReadonlyMap<string, { readonly scope: Scope; readonly output: string }[]>;

  constructor(sources: readonly TemplateSource[]) {
    for (const source of sources) {
      this.scopes.set(source.file, new Scope(source, this));
    }
    for (const scope of this.scopes.values()) {
      const parent = scope.source.parent && this.scopes.get(scope.source.parent.file);
      if (parent && scope.source.parent) {
        scope.parent = parent;
        parent.children.set(scope.source.parent.logicalId, scope);
      }
    }
  }

  public typeOf(ref: ResourceRef): string | undefined {
    return this.scopes.get(ref.template)?.typeOf(ref.logicalId);
  }

  /** Every resource of the type, in the order of the sources. */
  public *ofType(type: string): Iterable<{ scope: Scope; logicalId: string }> {
    for (const scope of this.scopes.values()) {
      for (const logicalId of scope.byType.get(type) ?? []) {
        yield { scope, logicalId };
      }
    }
  }
}
