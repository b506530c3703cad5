import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import { CfnRestApi, CfnStage, type IRestApi, type IStage, RestApi, Stage } from 'aws-cdk-lib/aws-apigateway';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { registerGateway } from '../checks/registration';
import { BODY_MAX_BYTES } from '../facts/quotas';
import { Owner } from '../shared/errors';
import { ModelRegistry } from '../shared/json-schema/registry';
import { LambdaPermissions } from '../shared/lambda-permission';
import { suggest } from '../shared/nearest';
import { parseRouteKey, RouteTree } from '../shared/route-key';
import { SplicedBody } from '../shared/spliced-body';
import { acknowledgeApi } from './acknowledgements';
import { RestAuthorizer } from './authorizer';
import { defineSettings } from './define-settings';
import { RestDeployment } from './deployment';
import { modelName, renderDocument } from './document';
import { type RestGatewayProps } from './gateway-props';
import { defineRoute, type RestRouteOptions, type RouteDefinition } from './route';
import { RouteBinder } from './route-binder';
import { SecuritySchemes } from './security';
import { type RestApiSettings } from './settings';
import { defineStage, type StageDefinition } from './stage';
import { checkStages } from './stage-checks';
import { StageResources } from './stage-resources';

/**
 * A REST API with its routes, stages, logs and permissions: one OpenAPI document in one resource, one deployment, and one
 * resource per stage, whatever the number of routes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html
 */
export class RestGateway extends Construct {
  /**
   * The API resource, for property overrides; those inside of `Body` are deployed as well.
   */
  public readonly cfnRestApi: CfnRestApi;

  /**
   * Id of the API.
   */
  public readonly restApiId: string;

  private readonly owner: Owner;
  private readonly settings: RestApiSettings;
  private readonly stages: Readonly<Record<string, StageDefinition>>;
  private readonly stageResources: Readonly<Record<string, StageResources>>;
  private readonly defaultAuthorizer?: RestAuthorizer;
  private readonly tree = new RouteTree();
  private readonly models = new ModelRegistry();
  private readonly routes: RouteDefinition[] = [];
  private readonly security: SecuritySchemes;
  private readonly body: SplicedBody;
  private readonly deployment: RestDeployment;
  private readonly permissions: LambdaPermissions;
  private readonly binder: RouteBinder;
  private imported?: IRestApi;

  constructor(scope: Construct, id: string, props: RestGatewayProps) {
    super(scope, id);
    this.owner = new Owner(`RestGateway '${id}'`);
    this.settings = defineSettings(id, props, this.owner);
    this.defaultAuthorizer = props.defaultAuthorizer;
    this.stages = this.defineStages(props);
    const stack = Stack.of(this);

    this.security = new SecuritySchemes(stack, this.owner);
    this.body = new SplicedBody(() => this.render());
    this.cfnRestApi = this.createApi();
    this.restApiId = this.cfnRestApi.ref;
    this.deployment = new RestDeployment(this, this.cfnRestApi, this.body);
    this.permissions = new LambdaPermissions(this, 'Invoke', {
      prefix: `arn:${stack.partition}:execute-api:${stack.region}:${stack.account}:${this.restApiId}`,
      stageNames: () => Object.values(this.stages).map((stage) => stage.name),
    });
    this.binder = new RouteBinder(stack, this.settings, this.stages, this.permissions);
    this.stageResources = Object.fromEntries(
      Object.values(this.stages).map((stage) => [
        stage.key,
        new StageResources(this, stage, {
          api: this.cfnRestApi,
          deployment: this.deployment.resource,
          routes: this.routes,
          binder: this.binder,
          webAcl: props.webAcl,
        }),
      ]),
    );
    for (const stage of Object.values(this.stages)) {
      new CfnOutput(this, `Url-${stage.key}`, { value: this.urlForStage(stage.key), description: `URL of stage ${stage.key}` });
    }
    for (const [key, options] of Object.entries(props.routes ?? {})) this.addRoute(key, options);

    this.node.addValidation({ validate: () => this.finish() });
    registerGateway(this);
  }

  /**
   * Adds a route.
   *
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`
   * @param options integration, authorizer and what else the route has
   * @throws where the key is not a route, or the route cannot stand beside those that are there
   */
  public addRoute(key: string, options: RestRouteOptions): void {
    const route = parseRouteKey(key, this.owner);
    const owner = this.owner.part(`route "${key}"`);
    this.tree.add(route, this.owner);
    const bind = this.binder.binderOf(route, owner);
    const definition = defineRoute(route, options, this.defaultAuthorizer, bind, owner);
    this.security.add(definition.authorizer);
    const { body } = definition.request;
    // Named anew when the document is made; here only so that a clash is thrown where the route is written.
    if (body) this.models.add(body, modelName(route), owner);
    if (definition.authorizer.fn) this.permissions.grantAuthorizer(definition.authorizer.fn);
    this.routes.push(definition);
    this.body.invalidate();
    this.deployment.thaw();
  }

  /**
   * The API as other constructs of the CDK take it. It is an import: methods added to it are not deployed; use `addRoute`.
   */
  public get restApi(): IRestApi {
    return (this.imported ??= RestApi.fromRestApiAttributes(this, 'Import', {
      restApiId: this.restApiId,
      rootResourceId: this.cfnRestApi.attrRootResourceId,
    }));
  }

  /**
   * A stage as other constructs of the CDK take it.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): IStage {
    const id = `Import-${this.resourcesOf(name).definition.key}`;
    const known = this.node.tryFindChild(id) as IStage | undefined;
    return known ?? Stage.fromStageAttributes(this, id, { stageName: this.cfnStage(name).ref, restApi: this.restApi });
  }

  /**
   * The resource of a stage, for property overrides.
   *
   * @param name key of the `stages` map
   */
  public cfnStage(name: string): CfnStage {
    return this.resourcesOf(name).resource;
  }

  /**
   * The log group of a stage's access log.
   *
   * @param name key of the `stages` map
   */
  public accessLogGroup(name: string): ILogGroup {
    return this.resourcesOf(name).accessLogGroup;
  }

  /**
   * URL of the API's only stage, with a slash at the end.
   *
   * @throws where there are several stages
   */
  public get url(): string {
    const keys = Object.keys(this.stages);
    if (keys.length > 1) {
      throw this.owner.error(`url is of the only stage, and there are ${keys.length}; use urlForStage('${keys[0]}')`);
    }
    return this.urlForStage(keys[0]);
  }

  /**
   * URL of a stage on the default endpoint, with a slash at the end.
   *
   * @param name key of the `stages` map
   */
  public urlForStage(name: string): string {
    const stack = Stack.of(this);
    const stage = this.resourcesOf(name).resource.ref;
    return `https://${this.restApiId}.execute-api.${stack.region}.${stack.urlSuffix}/${stage}/`;
  }

  private createApi(): CfnRestApi {
    const { settings } = this;
    return new CfnRestApi(this, 'Resource', {
      name: settings.name,
      description: settings.description,
      endpointConfiguration: { types: [settings.endpointType] },
      securityPolicy: settings.securityPolicy,
      endpointAccessMode: settings.endpointAccessMode,
      disableExecuteApiEndpoint: settings.disableExecuteApiEndpoint,
      binaryMediaTypes: settings.binaryMediaTypes.length > 0 ? [...settings.binaryMediaTypes] : undefined,
      minimumCompressionSize: settings.minimumCompressionSize,
      apiKeySourceType: settings.apiKeySource,
      body: this.body,
      failOnWarnings: true,
      // What is no longer in the document is no longer in the API.
      mode: 'overwrite',
    });
  }

  private defineStages(props: RestGatewayProps): Readonly<Record<string, StageDefinition>> {
    const stages = props.stages ?? { prod: {} };
    if (Object.keys(stages).length === 0) {
      throw this.owner.error('stages is empty, so nothing would serve the API; leave it out for one stage "prod", or name one');
    }
    const defined = Object.entries(stages).map(([key, options]) => defineStage(key, options, this.owner.part(`stage "${key}"`)));
    const names = defined.map((stage) => stage.name).filter((name) => !Token.isUnresolved(name));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw this.owner.error(`two stages are both named "${twice}"`);
    return Object.fromEntries(defined.map((stage) => [stage.key, stage]));
  }

  private render() {
    const { settings, routes, security, owner } = this;
    return renderDocument({ settings, routes, security, owner });
  }

  private resourcesOf(name: string): StageResources {
    const stage = this.stageResources[name];
    if (!stage) throw this.owner.error(`has no stage "${name}".${suggest(name, Object.keys(this.stages))}`);
    return stage;
  }

  /** What the finished tree must hold; what is returned are errors. */
  private finish(): string[] {
    if (this.routes.length === 0) {
      return [this.owner.error('has no route; give it routes: { "GET /…": { integration: … } }, or call addRoute').message];
    }
    const errors = checkStages(this.owner, this.stages, this.routes, this.binder);
    if (this.body.size > BODY_MAX_BYTES) {
      errors.push(
        this.owner.error(
          `the OpenAPI document is ${Math.round(this.body.size / 1000)} KB, and a template takes 1000 KB in all; split the API by its first path ` +
            'segments into several gateways behind one domain, or join routes with one back-end into "ANY /…/{proxy+}"',
        ).message,
      );
    }
    acknowledgeApi(this.cfnRestApi, this.routes);
    this.deployment.freeze();
    return errors;
  }
}
