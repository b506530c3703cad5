import { Stack } from 'aws-cdk-lib';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { Owner } from '../authoring/errors';
import { checkedProps } from '../authoring/shapes/guard';
import { registerGateway } from '../checks/registration';
import { type ApiMappingTarget, type IMappableApi } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { type GatewayEndpoints } from '../domain/gateway-endpoints';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { renamedErrors, stageOf } from '../stages/stage-names';
import { GatewayEscapeHatches } from './escape-hatches';
import { type GrantContext } from './grants';
import { type KeyedRoute } from './routes';
import { type StageResources } from './stage-resources';

/**
 * What a gateway is, whatever its kind.
 * @internal
 */
export abstract class GatewayBase extends GatewayEscapeHatches implements IMappableApi {
  /**
   * The domain of the `domain` prop, for more paths and stages.
   */
  public abstract readonly domain?: ApiDomain;

  /**
   * Id of the API.
   */
  public abstract readonly apiId: string;

  /** @internal */
  protected readonly _owner: Owner;
  /** @internal */
  protected abstract readonly _stages: Readonly<Record<string, StageResources>>;
  /** @internal */
  protected abstract readonly _endpoints: GatewayEndpoints;
  /**
   * Grows until the synthesis.
   * @internal
   */
  protected abstract readonly _routes: readonly KeyedRoute[];

  /** @param isSubclass whether props may hold more than the kind has */
  protected constructor(scope: Construct, id: string, kind: GatewayKind, props: object, isSubclass: boolean) {
    super(scope, id);
    const { gateway } = KINDS[kind];
    this._owner = checkedProps(new Owner(`${gateway} '${id}'`), `${gateway}Props`, props, isSubclass);
  }

  /**
   * The log group of a stage's access log.
   *
   * @param name key of the `stages` map
   */
  public accessLogGroup(name: string): ILogGroup {
    return stageOf(this._stages, name, this._owner).accessLogGroup;
  }

  /**
   * Called by `ApiDomain` when it maps a stage; `domain.map(gateway)` is what you write. The default endpoint is off from
   * then on, unless `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this._endpoints.bind(stage);
  }

  /**
   * The errors of the finished gateway, one without routes too.
   * @internal
   */
  protected abstract _errors(): string[];

  /**
   * The tree is finished, and there are routes: records what is known of them, and returns further errors.
   * @internal
   */
  protected abstract _finish(): string[];

  /** @internal */
  protected get _arn(): string {
    const { partition, region, account } = Stack.of(this);
    return `arn:${partition}:execute-api:${region}:${account}:${this.apiId}`;
  }

  /** @internal */
  protected _grants<R extends KeyedRoute, S>(
    method: string,
    routes: readonly R[],
    stages: Readonly<Record<string, S>>,
  ): GrantContext<R, S> {
    return { owner: this._owner.part(method), routes, stages, arn: this._arn };
  }

  /**
   * Called last by constructors: what has failed in one is not checked.
   * @internal
   */
  protected _register(): void {
    this.node.addValidation({ validate: () => this._validate() });
    registerGateway(this);
  }

  private _validate(): string[] {
    const errors = [...this._errors(), ...this._endpoints.errors(), ...renamedErrors(this._stages, this._owner)];
    return this._routes.length === 0 ? errors : [...errors, ...this._finish()];
  }
}
