import { CfnResource } from 'aws-cdk-lib';
import { CfnAlarm, type CfnCompositeAlarm, type CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { type CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { type IConstruct } from 'constructs';
import { Owner } from '../authoring/errors';
import { classNameOf } from '../authoring/shapes/library';
import { functionIdOf } from '../integrations/lambda-permission';
import { suggest } from '../lookup/nearest';
import { alarmIdOf } from '../operate/alarm-specs';
import { ALARMS } from '../operate/alarms';
import { GatewayMetrics } from '../operate/gateway-metrics';

/**
 * Resources that gateways of all kinds create, for property overrides. They are found by their IDs, which are a contract. This is
 * below the metrics of the kinds, since a class has one base; handles of stages and routes show interfaces without it.
 * @internal
 */
export abstract class GatewayEscapeHatches extends GatewayMetrics {
  /**
   * The resource of the log group of a stage's access log, for property overrides.
   *
   * @param stage key of the `stages` map
   * @throws if the log goes to a group or stream that the gateway did not create
   *
   * @example
   * chat.cfnAccessLogGroup('prod').overrideLogicalId('ChatLog');
   */
  public cfnAccessLogGroup(stage: string): CfnLogGroup {
    return this._ofStage('AccessLog-<stage>', stage, 'log group for the access log') as CfnLogGroup;
  }

  /**
   * The permissions of the API to invoke a function: of its routes, of individual stages and of authorizers.
   *
   * @param fn function, version or alias, as in the routes
   * @throws if the gateway created none
   *
   * @example
   * const gateway = new HttpGateway(this, 'Orders', {
   *   defaultAuthorizer: HttpAuthorizer.iam(),
   *   routes: { 'GET /orders': { integration: HttpIntegration.lambda(fn) } },
   * });
   * for (const permission of gateway.cfnPermissions(fn)) permission.sourceAccount = '111111111111';
   */
  public cfnPermissions(fn: IFunction): CfnPermission[] {
    const id = functionIdOf(this, fn);
    const ids = [id, `${id}.LambdaCanary.Alias`];
    const found = resourcesIn(this.node.tryFindChild('Invoke')).filter(({ node }) =>
      ids.includes(node.id.replace(/@[^@.]+$/, '')),
    );
    if (found.length > 0) return found as CfnPermission[];
    throw this._where.error(
      `has made no permission for ${fn.node.path}; give the function, version or alias that a route or authorizer has, and that is in this account and Region`,
    );
  }

  /**
   * The role that the API calls a service with.
   *
   * @param service id of the role: `sqs`, `sns`, `events`, `kinesis`, `dynamodb`, `states`, `s3-…`
   * @throws if the gateway created none, or several
   *
   * @example
   * chat.cfnServiceRole('dynamodb').permissionsBoundary = 'arn:aws:iam::111111111111:policy/boundary';
   */
  public cfnServiceRole(service: string): CfnRole {
    const roles = resourcesIn(this.node.tryFindChild('Services')).filter((each) => each instanceof CfnRole);
    const ids = roles.map(({ node }) => node.id);
    const found = roles.filter(({ node }) => node.id === service);
    if (found.length === 0) found.push(...roles.filter(({ node }) => node.id.startsWith(`${service}-`)));
    if (found.length > 1) {
      throw this._where.error(
        `has several roles of "${service}"; give one of: ${found.map(({ node }) => node.id).join(', ')}`,
      );
    }
    if (found.length === 1) return found[0];
    throw this._where.error(`has no role of the service "${service}".${hint(service, ids)}`);
  }

  /**
   * An alarm of a stage, or of a route of it, for property overrides.
   *
   * @param stage key of the `stages` map
   * @param alarm its name in the `alarms` prop, e.g. `serverErrors`
   * @param route key of a route that `alarms.routes` has
   * @throws if it does not exist
   *
   * @example
   * const gateway = new HttpGateway(this, 'Orders', {
   *   defaultAuthorizer: HttpAuthorizer.iam(),
   *   routes: { 'GET /orders': { integration: HttpIntegration.lambda(fn) } },
   *   stages: { prod: {} },
   *   alarms: { topic },
   * });
   * gateway.cfnAlarm('prod', 'serverErrors').alarmName = 'orders-server-errors';
   */
  public cfnAlarm(stage: string, alarm: string, route?: string): CfnAlarm {
    const id = [stage, ...(route === undefined ? [] : [route]), alarmIdOf(alarm) ?? alarm].join('-');
    const found = this.node.tryFindChild(ALARMS)?.node.tryFindChild(id);
    if (found instanceof CfnAlarm) return found;
    const ids = this.cfnAlarms.map(({ node }) => node.id);
    const ofRoute = route === undefined ? '' : `, route "${route}"`;
    throw this._where.error(
      `has no alarm "${alarm}" of stage "${stage}"${ofRoute}.${ids.length > 0 ? ` Ids of those that it has: ${ids.join(', ')}` : ''}`,
    );
  }

  /**
   * All alarms of the `alarms` prop except the composite one, for property overrides.
   */
  public get cfnAlarms(): CfnAlarm[] {
    return resourcesIn(this.node.tryFindChild(ALARMS)).filter((each) => each instanceof CfnAlarm);
  }

  /**
   * The alarm of `alarms.composite`, for property overrides.
   */
  public get cfnCompositeAlarm(): CfnCompositeAlarm | undefined {
    return this.node.tryFindChild(ALARMS)?.node.tryFindChild('Critical') as CfnCompositeAlarm | undefined;
  }

  /**
   * The dashboard of the `dashboard` prop, for property overrides. Its body grows until the synthesis.
   */
  public get cfnDashboard(): CfnDashboard | undefined {
    return this.node.tryFindChild('Dashboard')?.node.tryFindChild('Resource') as CfnDashboard | undefined;
  }

  /** @internal */
  protected get _where(): Owner {
    return new Owner(`${classNameOf(this, '') ?? this.constructor.name} '${this.node.id}'`);
  }

  /**
   * A resource of a stage.
   * @internal
   */
  protected _ofStage(path: string, stage: string, what: string): CfnResource {
    const id = path.replace('<stage>', stage);
    return this._made(id.split('/'), `${what} of stage "${stage}"`, stage, this._namesAfter('Stage-'));
  }

  /**
   * A resource by its path.
   *
   * @param known of what `name` may be one
   * @internal
   */
  protected _made(path: readonly string[], what: string, name: string, known: readonly string[]): CfnResource {
    const found = path.reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), this);
    if (found && CfnResource.isCfnResource(found)) return found;
    const reason = known.includes(name)
      ? 'its props request none, or name one that is created elsewhere'
      : 'there is none';
    throw this._where.error(`has made no ${what}: ${reason}.${known.includes(name) ? '' : hint(name, known)}`);
  }

  /**
   * What the ids of its resources say after a prefix.
   * @internal
   */
  protected _namesAfter(prefix: string): string[] {
    return this.node.children.flatMap(({ node }) => (node.id.startsWith(prefix) ? [node.id.slice(prefix.length)] : []));
  }
}

const hint = (name: string, known: readonly string[]): string => (known.length > 0 ? suggest(name, known) : '');

function resourcesIn(scope: IConstruct | undefined): CfnResource[] {
  return (scope?.node.children ?? []).filter((child) => CfnResource.isCfnResource(child));
}
