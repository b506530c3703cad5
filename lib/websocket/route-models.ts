import { type CfnApi, CfnModel } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { type Owner, show } from '../authoring/errors';
import { type JsonSchema } from '../json-schema/json-schema';
import { DRAFT_04 } from '../json-schema/keywords';
import { type WebSocketDeployment } from './deployment';
import { type WebSocketRouteDefinition } from './route';
import { wordsOf } from './route-key';

/**
 * The models of an API, with unique names. A schema with a name is one model, however many routes use it; one without is a model
 * of each of its routes, so no ID depends on which of them came first.
 */
export class RouteModels {
  private readonly models = new Map<JsonSchema, CfnModel>();
  /** Name → the route that added it. */
  private readonly names = new Map<string, string>();

  constructor(
    private readonly scope: Construct,
    private readonly api: CfnApi,
    private readonly deployment: WebSocketDeployment,
    private readonly owner: Owner,
  ) {}

  /** Result of the model selection expression → model; undefined if messages are not checked. */
  public of({
    route,
    request,
  }: WebSocketRouteDefinition): { readonly key: string; readonly model: CfnModel }[] | undefined {
    const keys = Object.keys(request.bodies).sort();
    if (keys.length === 0) return undefined;
    return keys.map((key) => ({ key, model: this.modelOf(request.bodies[key], route.key, key) }));
  }

  private modelOf(schema: JsonSchema, routeKey: string, key: string): CfnModel {
    const known = schema._modelName === undefined ? undefined : this.models.get(schema);
    if (known) return known;
    const name = schema._modelName ?? `${wordsOf(routeKey)}Message${key === '$default' ? '' : wordsOf(key)}`;
    const other = this.names.get(name);
    if (other !== undefined) {
      throw this.owner
        .part(`route "${routeKey}"`)
        .error(
          `the model ${show(name)} differs from the one in route "${other}"; ` +
            "give one of the two schemas another name: JsonSchema.fromObject({…}, { modelName: '…' })",
        );
    }
    const model = new CfnModel(this.scope, `Model-${name}`, {
      apiId: this.api.ref,
      name,
      contentType: 'application/json',
      schema: { $schema: DRAFT_04, ...schema._schema },
    });
    this.deployment.add(model);
    this.models.set(schema, model);
    this.names.set(name, routeKey);
    return model;
  }
}
