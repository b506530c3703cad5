import { type CfnResource, Lazy } from 'aws-cdk-lib';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { pathInStack } from '../authoring/places';
import { type GatewayKind } from '../facts/kinds';
import { DEFAULT_STAGE } from '../facts/names';
import { type AccessLog, createAccessLog, logGroupOf } from '../operate/access-log';
import { type StageImport, type StageSource } from './handles';
import { type LateBinding } from './late-binding/late-binding';
import { type RouteBinder } from './route-binder';
import { routeSettings, type StageDefinition, type ThrottledRoute } from './stage';

/** What the resources of a stage are created from, in addition to its definition. */
export interface StageContext {
  readonly owner: Owner;
  readonly late: LateBinding;
}

/** The resources of one stage; their IDs are derived from its key. */
export abstract class StageResources<D extends StageDefinition = StageDefinition, R extends CfnResource = CfnResource> {
  public readonly accessLog: AccessLog;
  public abstract readonly resource: R;
  protected readonly owner: Owner;
  protected readonly late: LateBinding;

  protected constructor(
    scope: Construct,
    kind: GatewayKind,
    public readonly definition: D,
    { owner, late }: StageContext,
  ) {
    const { key, accessLog } = definition;
    this.owner = owner.part(`stage "${key}"`);
    this.late = late;
    this.accessLog = createAccessLog(scope, `AccessLog-${key}`, accessLog, {
      kind,
      // Log groups take no `$`, and the default stage has no segment.
      name: key === DEFAULT_STAGE ? pathInStack(scope) : `${pathInStack(scope)}/${key}`,
      owner: this.owner,
    });
  }

  /** What has the same name in the L1s of all kinds. */
  protected get common() {
    const { name: stageName, description } = this.definition;
    return { stageName, description };
  }

  /** What the L1 calls `accessLogSetting` or `accessLogSettings`. */
  protected get accessLogSetting() {
    const { destinationArn, format } = this.accessLog;
    return { destinationArn, format: format.text };
  }

  /** What HTTP and WebSocket APIs share beyond that; the routes grow until the synthesis. */
  protected v2Common(routes: readonly ThrottledRoute[], binder: RouteBinder, defaults: object) {
    const { definition, accessLogSetting: accessLogSettings } = this;
    return {
      ...this.common,
      accessLogSettings,
      defaultRouteSettings: defaults,
      routeSettings: Lazy.uncachedAny({ produce: () => routeSettings(definition, routes, defaults) }),
      stageVariables: Lazy.uncachedAny({
        produce: ({ preparing }) => orNothing(binder.variablesOf(definition, preparing)),
      }),
      tags: orNothing(definition.tags),
    };
  }

  /** The name for URLs and policies; a reference, unless the stage comes after the resources that use it. */
  public get reference(): string {
    return this.late.stageNames.of({ name: this.definition.name, resource: this.resource });
  }

  public get accessLogGroup(): ILogGroup {
    return logGroupOf(this.accessLog, this.owner);
  }

  /** The data behind the handle of the stage. */
  public source<S>(
    endpoints: { readonly urlOf: (key: string) => string },
    stageImport: StageImport<S>,
  ): StageSource<S, R> {
    const { key, metrics } = this.definition;
    const reference = () => this.reference;
    const accessLogGroup = () => this.accessLogGroup;
    return {
      key,
      metricName: this.resource.ref,
      detailedMetrics: metrics,
      cfnStage: this.resource,
      // A name or a log group is created when it is read.
      get stageName() {
        return reference();
      },
      get url() {
        return endpoints.urlOf(key);
      },
      get accessLogGroup() {
        return accessLogGroup();
      },
      get stage() {
        return stageImport(key, reference());
      },
    };
  }
}

/** An empty map is omitted from the template. */
function orNothing<T>(map: Readonly<Record<string, T>>): Record<string, T> | undefined {
  return Object.keys(map).length > 0 ? { ...map } : undefined;
}
