import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { LambdaPermissions } from '../integrations/lambda-permission';
import { LateBinding } from '../gateway/late-binding/late-binding';
import { ServiceRoles } from '../integrations/service-roles';
import { type WebSocketAuthorizer } from './authorizer';
import { Authorizers } from './authorizers';
import { type WebSocketDeployment } from './deployment';
import { type WebSocketRouteDefinition } from './route';
import { WebSocketRouteBinder } from './route-binder';
import { RouteModels } from './route-models';
import { RouteResources } from './route-resources';
import { WebSocketRouteTable } from './route-table';
import { type WebSocketStageDefinition } from './stage';

/** What routes are bound with. */
export interface WebSocketRoutingContext {
  readonly owner: Owner;
  readonly api: CfnApi;
  readonly stages: Readonly<Record<string, WebSocketStageDefinition>>;
  readonly deployment: WebSocketDeployment;
  /** `arn:…:execute-api:…:<api>` */
  readonly arn: string;
  readonly defaultAuthorizer?: WebSocketAuthorizer;
}

/** The routes of a gateway, and what they share: authorizers, permissions, roles. */
export class WebSocketRouting {
  /** Grows until the synthesis. */
  public readonly routes: WebSocketRouteDefinition[] = [];
  public readonly table: WebSocketRouteTable;
  public readonly binder: WebSocketRouteBinder;
  public readonly late: LateBinding;

  constructor(scope: Construct, { owner, api, stages, deployment, arn, defaultAuthorizer }: WebSocketRoutingContext) {
    const permissions = new LambdaPermissions(scope, 'Invoke', {
      prefix: arn,
      stageNames: () => Object.values(stages).map((stage) => stage.name),
    });
    const roles = new ServiceRoles(scope, 'Services', deployment);
    // Only stages come after functions: no resource of a route, nor the API, refers to a function's settings.
    this.late = new LateBinding({
      owner,
      api,
      document: () => [],
      parts: () => deployment.backEnds,
      variables: () => this.binder.setVariables,
      get stageKeys() {
        return Object.keys(stages);
      },
    });
    this.binder = new WebSocketRouteBinder(scope, stages, roles, this.late, permissions);
    const authorizers = new Authorizers(scope, api, deployment, permissions);
    this.table = new WebSocketRouteTable(this.routes, {
      owner,
      defaultAuthorizer,
      binder: this.binder,
      resources: new RouteResources(scope, {
        owner,
        api,
        deployment,
        models: new RouteModels(scope, api, deployment, owner),
        authorizerOf: ({ authorizer }) => authorizers.create(authorizer, owner),
      }),
    });
  }
}
