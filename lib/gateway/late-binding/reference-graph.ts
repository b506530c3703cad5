import {
  CfnElement,
  CfnResource,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  type NestedStack,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

/** Graphs that are being drawn: while one is, tokens that use a graph themselves resolve as if there were no cycle. */
let drawing = 0;

/** Whether references of an element are being collected, as opposed to its final form. */
export function isDrawing(): boolean {
  return drawing > 0;
}

/**
 * What the elements of an app refer to: references, names in intrinsic functions, `DependsOn`, and dependencies between
 * constructs. Each element is visited once, and only when needed.
 */
export class ReferenceGraph {
  private readonly edges = new Map<CfnElement, readonly CfnElement[]>();
  private readonly beneath = new Map<IConstruct, readonly CfnElement[]>();
  private readonly ids = new Map<Stack, ReadonlyMap<string, CfnElement>>();
  private readonly idOf = new Map<CfnElement, string>();

  /** @param drawn what tokens that use a graph themselves resolve to: the plain reference, or what they will be */
  constructor(private readonly drawn: 'plain' | 'final' = 'plain') {}

  /** The way from an element to the first one at which it ends, both included. */
  public path(from: CfnElement, ends: (element: CfnElement) => boolean): CfnElement[] | undefined {
    const cameFrom = new Map<CfnElement, CfnElement | undefined>([[from, undefined]]);
    for (const element of cameFrom.keys()) {
      if (ends(element)) return wayTo(element, cameFrom);
      for (const next of this.of(element)) if (!cameFrom.has(next)) cameFrom.set(next, element);
    }
    return undefined;
  }

  /** All elements from which there is a way to one at which it ends, among those that the given ones lead to. */
  public leading(starts: readonly CfnElement[], ends: (element: CfnElement) => boolean): ReadonlySet<CfnElement> {
    const comeFrom = new Map<CfnElement, CfnElement[]>();
    const seen = new Set(starts);
    for (const element of seen) {
      if (ends(element)) continue;
      for (const next of this.of(element)) {
        seen.add(next);
        const before = comeFrom.get(next);
        if (before) before.push(element);
        else comeFrom.set(next, [element]);
      }
    }
    const leading = new Set([...seen].filter(ends));
    for (const element of leading) comeFrom.get(element)?.forEach((before) => leading.add(before));
    return leading;
  }

  /** What an element waits for. */
  public of(element: CfnElement): readonly CfnElement[] {
    const known = this.edges.get(element);
    if (known) return known;
    const found = new Set<CfnElement>();
    this.collect(rendered(element), element, found);
    if (CfnResource.isCfnResource(element)) {
      for (const other of element.obtainDependencies()) if (!Stack.isStack(other)) found.add(other);
    }
    for (const scope of element.node.scopes) {
      for (const dependency of scope.node.dependencies) this.under(dependency).forEach((one) => found.add(one));
    }
    const nested = nestedIn(element);
    if (nested?.nestedStackResource) found.add(nested.nestedStackResource);
    const inside = CfnResource.isCfnResource(element) ? stackOfResource(element) : undefined;
    if (inside) this.outsideOf(inside).forEach((one) => found.add(one));
    found.delete(element);
    const edges = [...found];
    this.edges.set(element, edges);
    return edges;
  }

  /** What a value refers to. */
  public collect(value: unknown, scope: CfnElement, found: Set<CfnElement>): void {
    if (this.drawn === 'plain') drawing++;
    try {
      const resolved: unknown = Tokenization.resolve(value, {
        scope,
        resolver: new Collector(found),
        preparing: false,
      });
      const near = CfnResource.isCfnResource(scope) ? scope.obtainDependencies() : [];
      const elements = near.flatMap((one) => (Stack.isStack(one) ? [] : [one]));
      this.collectNames(resolved, Stack.of(scope), elements, found);
    } catch {
      // CDK reports what cannot be rendered when it renders the template.
    } finally {
      if (this.drawn === 'plain') drawing--;
    }
  }

  /** Names that were written manually: `Fn.ref('Table')`, `Fn.sub('${Table.Arn}')`, templates that are included. */
  private collectNames(value: unknown, stack: Stack, near: readonly CfnElement[], found: Set<CfnElement>): void {
    if (Array.isArray(value)) return value.forEach((item) => this.collectNames(item, stack, near, found));
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      for (const name of namesIn(key, part)) {
        const element = name.startsWith('AWS::') ? undefined : this.named(name, stack, near);
        if (element) found.add(element);
      }
      this.collectNames(part, stack, near, found);
    }
  }

  /** @param near what is probably meant: most names are those of `DependsOn`, and the ids of all elements take longer */
  private named(name: string, stack: Stack, near: readonly CfnElement[]): CfnElement | undefined {
    const isMeant = (one: CfnElement): boolean => Stack.of(one) === stack && this.idIn(one) === name;
    return near.find(isMeant) ?? this.idsOf(stack).get(name);
  }

  private idsOf(stack: Stack): ReadonlyMap<string, CfnElement> {
    const known = this.ids.get(stack);
    if (known) return known;
    const elements = stack.node.findAll().filter(CfnElement.isCfnElement);
    const ids = new Map(elements.filter((one) => Stack.of(one) === stack).map((one) => [this.idIn(one), one]));
    this.ids.set(stack, ids);
    return ids;
  }

  private idIn(element: CfnElement): string {
    const id = this.idOf.get(element) ?? String(Stack.of(element).resolve(element.logicalId));
    this.idOf.set(element, id);
    return id;
  }

  private under(construct: IConstruct): readonly CfnElement[] {
    const known = this.beneath.get(construct);
    if (known) return known;
    const elements = construct.node.findAll().filter(CfnElement.isCfnElement);
    this.beneath.set(construct, elements);
    return elements;
  }

  /** What a nested stack gets as parameters. */
  private outsideOf(nested: Stack): CfnElement[] {
    const inside = (element: CfnElement) => element.node.scopes.includes(nested);
    return this.under(nested)
      .filter((element) => Stack.of(element) === nested)
      .flatMap((element) => {
        const found = new Set<CfnElement>();
        this.collect(rendered(element), element, found);
        return [...found].filter((one) => !inside(one));
      });
  }
}

function wayTo(element: CfnElement, cameFrom: ReadonlyMap<CfnElement, CfnElement | undefined>): CfnElement[] {
  const way: CfnElement[] = [];
  for (let one: CfnElement | undefined = element; one; one = cameFrom.get(one)) way.unshift(one);
  return way;
}

/** Not part of the CDK's public interface, but of all its elements. */
function rendered(element: CfnElement): unknown {
  try {
    return (element as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
  } catch {
    return undefined;
  }
}

function nestedIn(element: CfnElement): Stack | undefined {
  const stack = Stack.of(element);
  return stack.nestedStackParent ? stack : undefined;
}

/** The nested stack that a resource stands for. */
function stackOfResource(resource: CfnResource): Stack | undefined {
  if (resource.cfnResourceType !== 'AWS::CloudFormation::Stack') return undefined;
  const stacks = resource.node.scope?.node.scope?.node.findAll().filter(Stack.isStack) ?? [];
  return stacks.find((one) => (one as NestedStack).nestedStackResource === resource);
}

function namesIn(key: string, part: unknown): string[] {
  if (key === 'Ref') return typeof part === 'string' ? [part] : [];
  if (key === 'DependsOn') return [part].flat().filter((name) => typeof name === 'string');
  if (key === 'Fn::GetAtt') {
    const [name] = Array.isArray(part) ? (part as unknown[]) : [part];
    return typeof name === 'string' ? [name.split('.')[0]] : [];
  }
  if (key !== 'Fn::Sub') return [];
  const [text] = Array.isArray(part) ? (part as unknown[]) : [part];
  return typeof text === 'string' ? [...text.matchAll(/\$\{([^!}.][^}.]*)/g)].map(([, name]) => name) : [];
}

/** Takes references down, and puts something into their place that any property takes. */
class Collector extends DefaultTokenResolver {
  constructor(private readonly found: Set<CfnElement>) {
    super(JOIN);
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target)) {
      this.found.add(token.target);
      return { Ref: 'AWS::NoValue' };
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

const JOIN: ConstructorParameters<typeof DefaultTokenResolver>[0] = {
  join: (left: unknown, right: unknown): unknown =>
    left === undefined ? right : right === undefined ? left : { 'Fn::Join': ['', [left, right]] },
};
