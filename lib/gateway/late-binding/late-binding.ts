import {
  Aws,
  CfnElement,
  CfnResource,
  Fn,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import { type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import {
  documentError,
  isOneDeployment,
  isWithin,
  nameOf,
  nestedApart,
  selfError,
  stageError,
  strangerError,
  unboundError,
  type WayBack,
} from './circles';
import { type Owner } from '../../authoring/errors';
import { isDrawing, ReferenceGraph } from './reference-graph';
import { StageNames } from '../../stages/stage-names';

/** The parts of a gateway that a circle can go through. */
export interface CircleContext {
  readonly owner: Owner;
  readonly api: CfnResource;
  /** What the API's own resource refers to; nothing, where routes are resources. */
  readonly document: () => readonly unknown[];
  /** What else comes before the stages: the resources of routes. */
  readonly parts: () => readonly CfnElement[];
  /** The variables of all stages that others have set. */
  readonly variables: () => readonly string[];
  readonly stageKeys: readonly string[];
  /** Why no stage variable may stand for a function. */
  readonly refusal?: string;
}

/** What can replace a function in a document: a stage variable, or the name that the user gave it. */
export type LateForm = 'variable' | 'name';

/** A function that the document calls. */
export interface Target {
  readonly token: IResolvable;
  readonly element: CfnElement;
  readonly form: LateForm;
}

/** What the finished tree says of a gateway. */
interface Decision {
  /** What the document calls and what leads back to the API. */
  readonly late: ReadonlySet<CfnElement>;
  /** Whether names of stages are written out. */
  readonly stagesByName: boolean;
}

/**
 * Functions that refer to the API that calls them. A document that refers to such a function would close a circle (document →
 * function → API), so it names a stage variable instead, and the stage, which comes after both, refers to the function.
 *
 * What the finished tree says decides, and neither order nor a first look at it: the decision is taken when CDK gathers the
 * references of the app, and kept for the synthesis at hand.
 */
export class LateBinding {
  public readonly stageNames = new StageNames((preparing) => !isDrawing() && this.decision(preparing).stagesByName);
  private readonly targets = new Map<IResolvable, Map<LateForm, LateArn>>();
  private readonly last: CfnElement[] = [];
  private decided?: Decision;
  private state: 'open' | 'prepared' | 'frozen' = 'open';

  constructor(private readonly context: CircleContext) {}

  /**
   * The ARN of a function as the document takes it; in a circle, without a reference to the function.
   *
   * @param arn may go on after the function, with an alias
   * @param form what can stand for the function in this place
   */
  public arnOf(arn: string, form: LateForm): string {
    if (!Token.isUnresolved(arn)) return arn;
    const fragments = Tokenization.reverseString(arn).mapTokens({ mapToken: (token) => this.bound(token, form) });
    return String(fragments.join({ join: (left: unknown, right: unknown) => `${text(left)}${text(right)}` }));
  }

  /** Something comes after the API and its parts: the deployment, a stage. */
  public comesLast(element: CfnElement): void {
    if (!this.last.includes(element)) this.last.push(element);
  }

  /** The variables that stand for functions, for every stage. */
  public variables(preparing = false): Record<string, string> {
    if (isDrawing() || (this.targets.size === 0 && !preparing)) return {};
    const { late } = this.decision(preparing);
    const variables: Record<string, string> = {};
    for (const { element, form, token } of this.allTargets) {
      if (form !== 'variable' || !late.has(element) || this.context.refusal !== undefined) continue;
      // Whatever comes after: `orders`, or `orders:live` for an alias or a version.
      variables[this.variableOf(element)] = Fn.select(1, Fn.split(':function:', Token.asString(token)));
    }
    return variables;
  }

  /** Makes the decision for this synthesis, and returns the errors that it could not avoid. */
  public finish(): string[] {
    const { late } = this.decision(this.state === 'open');
    this.state = 'frozen';
    const unbound = this.allTargets.filter((target) => late.has(target.element) && this.formOf(target) === undefined);
    const graph = new ReferenceGraph();
    const errors = [
      ...unbound.flatMap(({ element, form }) =>
        this.waysBack(graph, [element]).map((way) =>
          unboundError(way, form === 'variable' ? this.context.refusal : undefined),
        ),
      ),
      ...this.strangers(graph).map(strangerError),
      ...this.documentErrors(graph),
      ...this.stageErrors(),
    ];
    return [...new Set(errors)].map((error) => this.context.owner.error(error).message);
  }

  /** Something was added to the API. */
  public thaw(): void {
    this.state = 'open';
  }

  private get allTargets(): readonly Target[] {
    return [...this.targets.values()].flatMap((forms) => [...forms.values()]).map(({ target }) => target);
  }

  /** The parts of the gateway that come after its document, including the document. */
  private readonly isOwn = (element: CfnElement): boolean => element === this.context.api || this.isLast(element);

  private readonly isLast = (element: CfnElement): boolean => this.last.includes(element);

  private bound(token: IResolvable, form: LateForm): IResolvable {
    if (!Reference.isReference(token) || !CfnElement.isCfnElement(token.target)) return token;
    const forms = this.targets.get(token) ?? new Map<LateForm, LateArn>();
    this.targets.set(token, forms);
    const known = forms.get(form);
    if (known) return known;
    const target = { token, element: token.target, form };
    const made = new LateArn(target, (preparing) => this.late(target, preparing));
    forms.set(form, made);
    return made;
  }

  /** What a token of the document becomes; nothing where it stays what it is. */
  private late(target: Target, preparing: boolean): string | undefined {
    if (isDrawing()) return undefined;
    // Before the synthesis nothing is kept, and a look at the one function is enough.
    const isLate =
      this.state === 'open' && !preparing
        ? new ReferenceGraph().path(target.element, this.isOwn) !== undefined
        : this.decision(preparing).late.has(target.element);
    return isLate ? this.formOf(target) : undefined;
  }

  private formOf({ element, form }: Target): string | undefined {
    const { api, refusal } = this.context;
    const { region, account } = Stack.of(api);
    const arn = (name: string) => `arn:${Aws.PARTITION}:lambda:${region}:${account}:function:${name}`;
    if (form === 'variable') {
      return refusal === undefined ? arn(`\${stageVariables.${this.variableOf(element)}}`) : undefined;
    }
    const name = CfnResource.isCfnResource(element) ? (element as Partial<CfnFunction>).functionName : undefined;
    return name !== undefined && !Token.isUnresolved(name) ? arn(name) : undefined;
  }

  /** `function_Orders_1a2b3c4d`: of the name that the function has in the tree, and of what tells it from all others. */
  private variableOf(element: CfnElement): string {
    const readable = nameOf(element)
      .replace(/[^A-Za-z0-9]+/g, '_')
      .slice(0, READABLE_CHARACTERS);
    return `function_${readable}_${element.node.addr.slice(-8)}`;
  }

  private decision(preparing: boolean): Decision {
    if (preparing && this.state !== 'prepared') {
      this.decided = this.decide();
      this.state = 'prepared';
    }
    return this.state === 'open' || !this.decided ? this.decide() : this.decided;
  }

  private decide(): Decision {
    const graph = new ReferenceGraph();
    const elements = this.allTargets.map(({ element }) => element);
    const leading = graph.leading(elements, this.isOwn);
    const late = new Set(elements.filter((element) => leading.has(element)));
    this.refuseStrangers(graph);
    const stagesByName = this.stageNames.areUsed && (late.size > 0 || this.waysToStages(graph, []).length > 0);
    return { late, stagesByName };
  }

  /** @throws if something of another stack leads back here: CDK would say so too, of two stacks and without a way out */
  private refuseStrangers(graph: ReferenceGraph): void {
    const { api, owner } = this.context;
    const stranger = this.strangers(graph).find(({ way: [one] }) => !isOneDeployment(Stack.of(one), Stack.of(api)));
    if (stranger) throw owner.error(strangerError(stranger));
  }

  /**
   * What the API calls or waits for and what leads back to it, in a stack that is not there before that of the API is, whatever
   * the document says: another one, or a nested one's parent or sibling.
   */
  private strangers(graph: ReferenceGraph): WayBack[] {
    const { api, parts, variables } = this.context;
    const found = new Set(this.allTargets.map(({ element }) => element));
    for (const part of parts()) graph.of(part).forEach((one) => found.add(one));
    graph.collect(variables(), api, found);
    const outside = [...found].filter((one) => !isWithin(Stack.of(one), Stack.of(api)));
    return this.waysBack(graph, outside);
  }

  private documentErrors(graph: ReferenceGraph): string[] {
    const { api, document } = this.context;
    const found = new Set<CfnElement>();
    graph.collect(document(), api, found);
    for (const one of api.obtainDependencies()) if (CfnElement.isCfnElement(one)) found.add(one);
    this.allTargets.forEach(({ element }) => found.delete(element));
    const isSelf = found.delete(api);
    const errors = this.waysBack(graph, [...found]).map(documentError);
    return isSelf ? [selfError(), ...errors] : errors;
  }

  /** Of what the API needs, that which depends on the API; or, from outside of its nested stack, on any part of that. */
  private waysBack(graph: ReferenceGraph, starts: readonly CfnElement[]): WayBack[] {
    const leading = graph.leading(starts, this.isOwn);
    return starts.flatMap((start): WayBack[] => {
      if (leading.has(start)) return [{ way: graph.path(start, this.isOwn) ?? [start] }];
      const nested = nestedApart(Stack.of(this.context.api), Stack.of(start));
      // What is in a nested stack waits for the resource of that stack, which is no circle.
      if (!nested || start === nested.nestedStackResource) return [];
      const way = graph.path(start, (one) => one === nested.nestedStackResource || isWithin(Stack.of(one), nested));
      return way ? [{ way, nested }] : [];
    });
  }

  /** What stays a circle, whatever the stages are called. */
  private stageErrors(): string[] {
    const { stageKeys } = this.context;
    const ways = this.waysToStages(new ReferenceGraph('final'), Object.values(this.variables()));
    return ways.map((way) => stageError(way, stageKeys[0]));
  }

  /** From what stages wait for back to a stage. */
  private waysToStages(graph: ReferenceGraph, variables: readonly string[]): CfnElement[][] {
    const { api, parts } = this.context;
    const found = new Set<CfnElement>();
    graph.collect([...this.context.variables(), ...variables], api, found);
    for (const part of parts()) graph.of(part).forEach((one) => found.add(one));
    found.delete(api);
    const starts = [...found];
    const leading = graph.leading(starts, this.isLast);
    return starts.filter((one) => leading.has(one)).map((one) => graph.path(one, this.isLast) ?? [one]);
  }
}

/** Of the 64 of a stage variable. */
const READABLE_CHARACTERS = 46;

/** The reference to a function, or what stands for it. */
class LateArn implements IResolvable {
  public readonly creationStack = [];

  constructor(
    public readonly target: Target,
    private readonly late: (preparing: boolean) => string | undefined,
  ) {}

  public resolve({ preparing }: IResolveContext): unknown {
    return this.late(preparing) ?? this.target.token;
  }

  public toString(): string {
    return Token.asString(this);
  }
}

const text = (part: unknown): string => (part === undefined ? '' : String(part));
