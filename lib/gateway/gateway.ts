import { type Construct } from 'constructs';
import { Adoption, type AdoptedPart } from '../authoring/adoption';
import { CallSite } from '../authoring/call-site';
import { Owner } from '../authoring/errors';
import { checkedProps } from '../authoring/shapes/guard';
import { registerGateway } from '../checks/registration';
import { type GatewayEndpoints } from '../domain/gateway-endpoints';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { apiDimensions } from '../operate/monitored-api';
import { operate, type Operations, type OperationsOptions } from '../operate/operations';
import { quotasOf } from '../operate/quota-alarms';
import { renamedErrors, stageOf } from '../stages/stage-names';
import { type UsagePlans } from '../usage-plans/usage-plans';
import { apiArn } from './api-arn';
import { type GrantContext } from './grants';
import { type ApiSource, type StageImport, type StageSource } from './handles';
import { type RouteReceiver } from './route-group';
import { RouteOrigin } from './route-origin';
import { findRoute, type KeyedRoute } from './routes';
import { type StageDefinition } from './stage';
import { type StageResources } from './stage-resources';
import { type GatewayStages } from './stages';

/**
 * The name in errors, once the props are checked.
 *
 * @param isSubclass whether props may have more than the kind's
 */
export function ownerOf(kind: GatewayKind, id: string, props: object, isSubclass: boolean): Owner {
  const { gateway } = KINDS[kind];
  return checkedProps(new Owner(`${gateway} '${id}'`), `${gateway}Props`, props, isSubclass);
}

/** How others know the API. */
interface ApiNames {
  readonly kind: GatewayKind;
  readonly ref: string;
  readonly name: string;
}

/** The routes of a gateway, `P` as the user writes them. */
interface Routing<P, T> {
  readonly routes: readonly T[];
  readonly table: { add(key: string, options: P, origin: RouteOrigin): void };
}

/** The parts of a gateway of any kind. Users see only the gateway itself. */
export abstract class GatewayParts<
  O extends object,
  D extends StageDefinition,
  R extends StageResources<D>,
  P extends object,
  T extends KeyedRoute,
  A extends object,
> implements ApiSource {
  public abstract readonly stages: GatewayStages<O, D, R>;
  public abstract readonly endpoints: GatewayEndpoints;
  /** HTTP APIs have none. */
  public readonly plans?: UsagePlans;
  protected operations?: Operations;
  private adoption?: Adoption;
  protected abstract readonly routing: Routing<P, T>;

  protected constructor(
    protected readonly gateway: Construct,
    public readonly owner: Owner,
    private readonly names: ApiNames,
  ) {}

  public get apiId(): string {
    return this.names.ref;
  }

  /** Grows until the synthesis. */
  public get routes(): readonly T[] {
    return this.routing.routes;
  }

  /** What comes once the domain of the gateway exists: alarms etc., and the routes of the props. */
  public open(
    props: OperationsOptions & { readonly routes?: { readonly [key: string]: P }; readonly adopt?: A },
  ): void {
    const { gateway, owner, routes, plans } = this;
    const { kind, ref, name } = this.names;
    const operated = { kind, api: { ref }, name, owner, routes, stages: this.stages.resources };
    this.operations = operate(gateway, { ...operated, quotas: plans && (() => quotasOf(plans)) }, props);
    const origin = RouteOrigin.ofProps();
    for (const [key, options] of Object.entries(props.routes ?? {})) this.addRoute(key, options, origin);
    this.adoption = new Adoption(gateway, props.adopt ? this.adoptedParts(props.adopt) : [], owner);
    this.adoption.apply();
  }

  public addRoute(key: string, options: P, origin = RouteOrigin.ofCall(new CallSite())): void {
    this.routing.table.add(key, options, origin);
    this.adoption?.apply();
    this.changed();
  }

  /** Adds the routes of a group, also those that it gets later. */
  public addGroup(group: { attach(receive: RouteReceiver<P>): void }): void {
    group.attach((key, options, origin) => this.addRoute(key, options, origin));
  }

  /** The parts of the gateway that can have the logical id of a deployed resource. */
  protected abstract adoptedParts(options: A): AdoptedPart[];

  /** Something was added: everything derived from the API is rebuilt. */
  public abstract changed(): void;

  /** The errors of the finished gateway, one without routes too. */
  protected abstract errors(): string[];

  /** The tree is finished, and there are routes: records what is known about them, and returns further errors. */
  protected abstract finish(): string[];

  /** What identifies the API in CloudWatch. */
  public get dimensions(): Readonly<Record<string, string>> {
    return apiDimensions(this.names.kind, this.names.ref, this.names.name);
  }

  public addStage(key: string, options: O): void {
    const made = this.stages.add(key, options);
    this.plans?.addStage();
    this.endpoints.addStage(key);
    this.operations?.addStage(made);
    this.adoption?.apply();
    this.changed();
  }

  /** A usage plan was added. */
  public planAdded(): void {
    this.operations?.addPlan();
    this.adoption?.apply();
  }

  /** An API key was added. */
  public keyAdded(): void {
    this.adoption?.apply();
  }

  public get arn(): string {
    return apiArn(this.gateway, this.apiId);
  }

  /** The data behind grants. */
  public grants(method: string): GrantContext<T, R> {
    const { owner, routes, arn } = this;
    return { owner: owner.part(method), routes, stages: this.stages.resources, arn };
  }

  public get stageKeys(): readonly string[] {
    return Object.keys(this.stages.resources);
  }

  /** The data behind the handle of a stage. @throws if it does not exist */
  public stageSource<S>(key: string, stageImport: StageImport<S>): StageSource<S, R['resource']> {
    return stageOf(this.stages.resources, key, this.owner).source(this.endpoints, stageImport);
  }

  /** @throws if it does not exist */
  public route(key: string): T['route'] {
    return findRoute(key, this.routes, this.owner).route;
  }

  /** Called last by constructors: what has failed in one is not checked. */
  public checkWhenFinished(): void {
    const { gateway, owner, stages, endpoints } = this;
    gateway.node.addValidation({
      validate: () => {
        const adopted = this.adoption?.errors() ?? [];
        const errors = [...this.errors(), ...endpoints.errors(), ...renamedErrors(stages.resources, owner), ...adopted];
        return this.routes.length === 0 ? errors : [...errors, ...this.finish()];
      },
    });
    registerGateway(gateway);
  }
}
