import { type CfnDeployment } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { type Owner } from '../shared/errors';
import { LambdaPermissions } from '../shared/lambda-permission';
import { ServiceRoles } from '../shared/service-roles';
import { type RestGatewayProps } from './gateway-props';
import { type JwtAuthorizers } from './jwt-authorizers';
import { type RouteDefinition } from './route';
import { RouteBinder } from './route-binder';
import { RouteTable } from './route-table';
import { type SecuritySchemes } from './security';
import { type RestApiSettings } from './settings';
import { type StageDefinition } from './stage';

/** What routes are bound to. */
export interface RoutingContext {
  readonly owner: Owner;
  readonly settings: RestApiSettings;
  readonly stages: Readonly<Record<string, StageDefinition>>;
  readonly deployment: CfnDeployment;
  /** `arn:…:execute-api:…:<api>` */
  readonly arn: string;
}

/** The routes of a gateway, and what they share: authorizers, permissions, roles. */
export class RestRouting {
  /** Grows until the synthesis. */
  public readonly routes: RouteDefinition[] = [];
  public readonly table: RouteTable;
  public readonly binder: RouteBinder;

  constructor(
    scope: Construct,
    { defaultAuthorizer }: RestGatewayProps,
    { owner, settings, stages, deployment, arn }: RoutingContext,
    public readonly security: SecuritySchemes,
    private readonly jwtAuthorizers: JwtAuthorizers,
  ) {
    const permissions = new LambdaPermissions(scope, 'Invoke', {
      prefix: arn,
      stageNames: () => Object.values(stages).map((stage) => stage.name),
    });
    const roles = new ServiceRoles(scope, 'Services', deployment);
    this.binder = new RouteBinder(scope, settings, stages, permissions, roles);
    this.table = new RouteTable(this.routes, {
      owner,
      defaultAuthorizer,
      apiKeyRequired: settings.apiKeyRequired,
      binder: this.binder,
      permissions,
      security,
      jwtAuthorizers,
    });
  }

  /** What is wrong with the finished routes. */
  public errors(): string[] {
    return this.jwtAuthorizers.errors();
  }
}
