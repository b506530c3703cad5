import { Lazy, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { type SplicedBody } from '../document/spliced-body';
import { LateBinding } from '../gateway/late-binding/late-binding';
import { LambdaPermissions } from '../integrations/lambda-permission';
import { ServiceRoles } from '../integrations/service-roles';
import { type HttpApiResource } from './api-resource';
import { type HttpDefinition } from './document';
import { type HttpGatewayProps } from './gateway-props';
import { Preflights } from './preflight';
import { type HttpRouteDefinition } from './route';
import { HttpRouteBinder } from './route-binder';
import { HttpRouteTable } from './route-table';
import { HttpSecuritySchemes } from './security';
import { type HttpApiSettings } from './settings';
import { type HttpStageDefinition } from './stage';

/** What routes are bound with. */
export interface HttpRoutingContext {
  readonly owner: Owner;
  readonly settings: HttpApiSettings;
  readonly stages: Readonly<Record<string, HttpStageDefinition>>;
  readonly api: HttpApiResource;
  readonly body: SplicedBody;
  /** `arn:…:execute-api:…:<api>` */
  readonly arn: string;
}

/** The routes of a gateway, and what they share: authorizers, permissions, roles. */
export class HttpRouting {
  /** Grows until the synthesis. */
  public readonly routes: HttpRouteDefinition[] = [];
  public readonly table: HttpRouteTable;
  public readonly binder: HttpRouteBinder;
  public readonly late: LateBinding;
  public readonly preflights: Preflights;
  private readonly security: HttpSecuritySchemes;

  constructor(scope: Construct, { defaultAuthorizer }: HttpGatewayProps, context: HttpRoutingContext) {
    const { owner, settings, stages, api, body, arn } = context;
    const stageNames = () => Object.values(stages).map(({ name }) => name);
    this.late = new LateBinding({
      owner,
      api,
      document: () => body.tokens,
      parts: () => [],
      variables: () => this.binder.setVariables,
      get stageKeys() {
        return Object.keys(stages);
      },
    });
    this.security = new HttpSecuritySchemes(Stack.of(scope), owner, this.late);
    const permissions = new LambdaPermissions(scope, 'Invoke', { prefix: arn, stageNames });
    const optionsArn = Lazy.uncachedString({
      produce: () => `${arn}/${stageNames().length === 1 ? stageNames()[0] : '*'}/OPTIONS/*`,
    });
    this.preflights = new Preflights(scope, settings.cors !== undefined, optionsArn);
    const roles = new ServiceRoles(scope, 'Services', api);
    this.binder = new HttpRouteBinder(scope, stages, roles, this.late, permissions);
    this.table = new HttpRouteTable(this.routes, {
      owner,
      defaultAuthorizer,
      binder: this.binder,
      permissions,
      preflights: this.preflights,
      security: this.security,
    });
  }

  /** The parts of the routes that are in the document: the user's, and the preflights. */
  public get document(): Pick<HttpDefinition, 'routes' | 'security'> {
    return { routes: [...this.routes, ...this.preflights.beside(this.routes)], security: this.security };
  }
}
