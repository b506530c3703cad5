import { type Construct } from 'constructs';
import { Owner } from '../authoring/errors';
import { checkedProps } from '../authoring/shapes/guard';
import { registerGateway } from '../checks/registration';
import { type GatewayEndpoints } from '../domain/gateway-endpoints';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { type OperatedGateway, operate, type Operations, type OperationsOptions } from '../operate/operations';
import { quotasOf } from '../operate/quota-alarms';
import { renamedErrors, stageOf } from '../stages/stage-names';
import { type UsagePlans } from '../usage-plans/usage-plans';
import { apiArn } from './api-arn';
import { type GrantContext } from './grants';
import { type ApiSource, type StageSource } from './handles';
import { findRoute, type KeyedRoute } from './routes';
import { type StageDefinition } from './stage';
import { type StageResources } from './stage-resources';
import { type GatewayStages } from './stages';

/**
 * Who errors are told in the name of, once the props are checked.
 *
 * @param isSubclass whether props may hold more than the kind has
 */
export function ownerOf(kind: GatewayKind, id: string, props: object, isSubclass: boolean): Owner {
  const { gateway } = KINDS[kind];
  return checkedProps(new Owner(`${gateway} '${id}'`), `${gateway}Props`, props, isSubclass);
}

/** What a gateway is made of, whatever its kind. The gateway itself is what users see of it. */
export abstract class GatewayParts<
  O extends object,
  D extends StageDefinition,
  R extends StageResources<D>,
  T extends KeyedRoute,
> implements ApiSource {
  public abstract readonly stages: GatewayStages<O, D, R>;
  public abstract readonly endpoints: GatewayEndpoints;
  /** Grows until the synthesis. */
  public abstract readonly routes: readonly T[];
  /** HTTP APIs have none. */
  public readonly plans?: UsagePlans;
  protected operations?: Operations;

  protected constructor(
    protected readonly gateway: Construct,
    public readonly owner: Owner,
    public readonly apiId: string,
  ) {}

  /** Something was added: what was made of the API is made anew. */
  public abstract changed(): void;

  /** The errors of the finished gateway, one without routes too. */
  protected abstract errors(): string[];

  /** The tree is finished, and there are routes: records what is known of them, and returns further errors. */
  protected abstract finish(): string[];

  /** What CloudWatch knows the API by. */
  public abstract get dimensions(): Readonly<Record<string, string>>;

  public addStage(key: string, options: O): void {
    const made = this.stages.add(key, options);
    this.plans?.addStage();
    this.endpoints.addStage(key);
    this.operations?.addStage(made);
    this.changed();
  }

  /** A usage plan was added. */
  public planAdded(): void {
    this.operations?.addPlan();
  }

  public get arn(): string {
    return apiArn(this.gateway, this.apiId);
  }

  /** What grants are made from. */
  public grants(method: string): GrantContext<T, R> {
    const { owner, routes, arn } = this;
    return { owner: owner.part(method), routes, stages: this.stages.resources, arn };
  }

  public get stageKeys(): readonly string[] {
    return Object.keys(this.stages.resources);
  }

  /** What the handle of a stage is made from. @throws where it is not there */
  public stageSource<S>(key: string, stageImport: (key: string, name: string) => S): StageSource<S, R['resource']> {
    return stageOf(this.stages.resources, key, this.owner).source(this.endpoints, stageImport);
  }

  /** @throws where it is not there */
  public route(key: string): T['route'] {
    return findRoute(key, this.routes, this.owner).route;
  }

  /** Has the gateway watched as its props ask for. */
  protected operate(
    { kind, api, name }: Pick<OperatedGateway, 'kind' | 'api' | 'name'>,
    options: OperationsOptions,
  ): void {
    const { owner, routes, plans } = this;
    const operated = { kind, api, name, owner, routes, stages: this.stages.resources };
    this.operations = operate(this.gateway, { ...operated, quotas: plans && (() => quotasOf(plans)) }, options);
  }

  /** Called last by constructors: what has failed in one is not checked. */
  public checkWhenFinished(): void {
    const { gateway, owner, stages, endpoints } = this;
    gateway.node.addValidation({
      validate: () => {
        const errors = [...this.errors(), ...endpoints.errors(), ...renamedErrors(stages.resources, owner)];
        return this.routes.length === 0 ? errors : [...errors, ...this.finish()];
      },
    });
    registerGateway(gateway);
  }
}
