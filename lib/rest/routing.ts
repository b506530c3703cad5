import { type CfnDeployment } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { LambdaPermissions } from '../integrations/lambda-permission';
import { LateBinding } from '../gateway/late-binding/late-binding';
import { ServiceRoles } from '../integrations/service-roles';
import { type SplicedBody } from '../document/spliced-body';
import { type RestApiResource } from './api-resource';
import { bytesProblem } from './content-handling';
import { type RestDefinition } from './document';
import { type RestGatewayProps } from './gateway-props';
import { Invocations } from './invocations';
import { JwtAuthorizers } from './jwt-authorizers';
import { type RestRouteDefinition } from './route';
import { RestRouteBinder } from './route-binder';
import { RestRouteTable } from './route-table';
import { RestSecuritySchemes } from './security';
import { type RestApiSettings } from './settings';
import { type RestStageDefinition } from './stage';

/** What routes are bound with. */
export interface RestRoutingContext {
  readonly owner: Owner;
  readonly settings: RestApiSettings;
  readonly stages: Readonly<Record<string, RestStageDefinition>>;
  readonly api: RestApiResource;
  readonly body: SplicedBody;
  readonly deployment: CfnDeployment;
  /** `arn:…:execute-api:…:<api>` */
  readonly arn: string;
}

const SHARED_VARIABLES = 'a stage has a canary, whose two deployments share the variables of the stage';

/** The routes of a gateway, and what they share: authorizers, permissions, roles. */
export class RestRouting {
  /** Grows until the synthesis. */
  public readonly routes: RestRouteDefinition[] = [];
  public readonly table: RestRouteTable;
  public readonly binder: RestRouteBinder;
  public readonly security: RestSecuritySchemes;
  public readonly late: LateBinding;
  private readonly jwtAuthorizers: JwtAuthorizers;

  constructor(
    scope: Construct,
    { defaultAuthorizer }: RestGatewayProps,
    private readonly context: RestRoutingContext,
  ) {
    const { owner, settings, stages, api, body, deployment, arn } = context;
    const permissions = new LambdaPermissions(scope, 'Invoke', {
      prefix: arn,
      stageNames: () => Object.values(stages).map((stage) => stage.name),
    });
    const roles = new ServiceRoles(scope, 'Services', deployment);
    this.late = new LateBinding({
      owner,
      api,
      document: () => body.tokens,
      parts: () => [],
      variables: () => this.binder.setVariables,
      get stageKeys() {
        return Object.keys(stages);
      },
      get refusal() {
        return Object.values(stages).some(({ canary }) => canary !== undefined) ? SHARED_VARIABLES : undefined;
      },
    });
    this.late.comesLast(deployment);
    const invocations = new Invocations(scope, stages, permissions, roles, this.late);
    this.binder = new RestRouteBinder(scope, stages, roles, this.late, settings, invocations);
    this.jwtAuthorizers = new JwtAuthorizers(scope, owner);
    this.security = new RestSecuritySchemes(owner, {
      identitySources: (authorizer) => this.jwtAuthorizers.identitySources(authorizer),
      targetOf: (fn) => invocations.authorizer(fn, owner),
    });
    this.table = new RestRouteTable(this.routes, {
      owner,
      defaultAuthorizer,
      apiKeyRequired: settings.apiKeyRequired,
      binder: this.binder,
      security: this.security,
      jwtAuthorizers: this.jwtAuthorizers,
    });
  }

  /** The parts of the routes that are in the document. */
  public get document(): Pick<RestDefinition, 'routes' | 'security'> {
    return { routes: this.routes, security: this.security };
  }

  /** Problems of the finished routes. */
  public errors(): string[] {
    return [...this.jwtAuthorizers.errors(), ...this.late.finish(), ...this.bytesErrors()];
  }

  /** An Aspect or override may set binary types after the routes are created. */
  private bytesErrors(): string[] {
    const { owner, api } = this.context;
    const { binaryTypes } = api;
    return this.routes.flatMap(({ route, integration }) => {
      const problem = bytesProblem(integration.textOnly, binaryTypes);
      return problem === undefined ? [] : [owner.part(`route "${route.key}"`).error(problem).message];
    });
  }
}
