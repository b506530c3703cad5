import { Lazy } from 'aws-cdk-lib';
import { type CfnApi, type CfnDeployment, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { DEFAULT_STAGE } from '../facts/names';
import { type AccessLog, createAccessLog, logGroupOf } from '../operate/access-log';
import { type Owner } from '../authoring/errors';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { pathInStack } from '../authoring/places';
import { type HttpRouteDefinition } from './route';
import { type HttpRouteBinder } from './route-binder';
import { defaultRouteSettings, type HttpStageDefinition, routeSettings } from './stage';

/** What a stage is made from beside its definition. */
export interface HttpStageContext {
  readonly owner: Owner;
  readonly api: CfnApi;
  /** For stages that do not deploy by themselves. */
  readonly deployment?: CfnDeployment;
  /** Grows until the synthesis. */
  readonly routes: readonly HttpRouteDefinition[];
  readonly binder: HttpRouteBinder;
  readonly late: LateBinding;
}

/** The resources of one stage; their ids are made of its key. */
export class HttpStageResources {
  public readonly resource: CfnStage;
  public readonly accessLog: AccessLog;
  private readonly owner: Owner;
  private readonly late: LateBinding;

  constructor(
    scope: Construct,
    public readonly definition: HttpStageDefinition,
    context: HttpStageContext,
  ) {
    const { key, name, autoDeploy } = definition;
    const { api, deployment, routes, binder } = context;
    this.owner = context.owner.part(`stage "${key}"`);
    this.accessLog = createAccessLog(scope, `AccessLog-${key}`, definition.accessLog, {
      kind: 'http',
      // Log groups take no `$`, and the default stage has no segment of its own.
      name: key === DEFAULT_STAGE ? pathInStack(scope) : `${pathInStack(scope)}/${key}`,
      owner: this.owner,
    });
    this.resource = new CfnStage(scope, `Stage-${key}`, {
      apiId: api.ref,
      stageName: name,
      description: definition.description,
      autoDeploy,
      deploymentId: autoDeploy ? undefined : deployment?.attrDeploymentId,
      accessLogSettings: { destinationArn: this.accessLog.destinationArn, format: this.accessLog.format.text },
      defaultRouteSettings: defaultRouteSettings(definition),
      // The routes come with the document, and the stage refers to its resource: they are there before their settings.
      routeSettings: Lazy.uncachedAny({ produce: () => routeSettings(definition, routes) }),
      stageVariables: Lazy.uncachedAny({
        produce: ({ preparing }) => emptyAsNothing(binder.variablesOf(definition, preparing)),
      }),
      tags: Object.keys(definition.tags).length > 0 ? definition.tags : undefined,
    });
    this.late = context.late;
    this.late.comesLast(this.resource);
  }

  /** The name for URLs and policies; a reference, except where the stage comes after who uses it. */
  public get reference(): string {
    return this.late.stageNames.of({ name: this.definition.name, resource: this.resource });
  }

  public get accessLogGroup(): ILogGroup {
    return logGroupOf(this.accessLog, this.owner);
  }
}

function emptyAsNothing(variables: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(variables).length > 0 ? variables : undefined;
}
