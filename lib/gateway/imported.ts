import { Stack, Token } from 'aws-cdk-lib';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { Owner, show } from '../authoring/errors';
import { type ApiKind, type ApiMappingTarget } from '../domain/api';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { DEFAULT_STAGE, STAGE_NAME } from '../facts/names';
import { stageOf } from '../stages/stage-names';
import { apiArn } from './api-arn';
import { type ApiSource, type StageImport, type StageSource } from './handles';

/**
 * A stage of an API that was created elsewhere.
 *
 * @example
 * const attributes: GatewayStageAttributes = { stageName: 'v1' };
 */
export interface GatewayStageAttributes {
  /**
   * Name of the stage. For a stage in this app use a reference, so resources that use it come after the stage.
   *
   * @default - the key in the `stages` map
   */
  readonly stageName?: string;

  /**
   * URL of the stage if it is on a domain.
   *
   * @default - that of the default endpoint
   */
  readonly url?: string;

  /**
   * The log group of its access log.
   *
   * @default - not known
   */
  readonly accessLogGroup?: ILogGroup;
}

/** The data behind imports of all kinds. */
export interface ImportedApiContext<A extends GatewayStageAttributes> {
  readonly kind: GatewayKind;
  readonly apiKind: ApiKind;
  readonly apiId: string;
  readonly stages?: { readonly [name: string]: A };
  readonly disableExecuteApiEndpoint?: boolean;
  readonly endpointType?: string;
  /** What identifies the API in CloudWatch; read only when a metric is created. */
  readonly dimensions: (owner: Owner) => Readonly<Record<string, string>>;
}

/** An API of any kind that was created elsewhere. */
export class ImportedApi<A extends GatewayStageAttributes = GatewayStageAttributes> implements ApiSource {
  public readonly owner: Owner;
  public readonly arn: string;
  private readonly stages: Readonly<Record<string, A>>;

  /** @throws if an attribute is not valid for an API */
  constructor(
    private readonly scope: Construct,
    private readonly context: ImportedApiContext<A>,
  ) {
    const { kind, apiId, stages = {} } = context;
    this.owner = new Owner(`${KINDS[kind].gateway} '${scope.node.id}' (imported)`);
    if (!Token.isUnresolved(apiId) && !/^[A-Za-z0-9]+$/.test(apiId)) {
      throw this.owner.error(
        `apiId must be the ID of the API, e.g. "a1b2c3d4e5", got: ${show(apiId)}; its ARN and its URL contain the ID`,
      );
    }
    for (const [key, { stageName = key }] of Object.entries(stages)) this.checkStage(key, stageName);
    this.stages = stages;
    this.arn = apiArn(scope, apiId);
  }

  public get stageKeys(): readonly string[] {
    return Object.keys(this.stages);
  }

  public get dimensions(): Readonly<Record<string, string>> {
    return this.context.dimensions(this.owner);
  }

  /** The attributes of a stage. @throws if it was not given */
  public attributesOf(key: string): A {
    if (this.stageKeys.length > 0) return stageOf(this.stages, key, this.owner);
    throw this.owner.error(`was imported without stages; name them: stages: { ${show(key)}: {} }`);
  }

  /** Key of the only stage. @throws if there is none, or there are several */
  public onlyStage(instead: string): string {
    const keys = this.stageKeys;
    if (keys.length === 1) return keys[0];
    if (keys.length === 0) this.attributesOf('prod');
    throw this.owner.error(`has ${keys.length} stages; name one, e.g. ${instead.replace('KEY', keys[0])}`);
  }

  public nameOf(key: string): string {
    return this.attributesOf(key).stageName ?? key;
  }

  /** @throws if it is not known */
  public urlOf(key: string): string {
    const { url } = this.attributesOf(key);
    if (url !== undefined) return url;
    const path = this.context.kind === 'http' && this.nameOf(key) === DEFAULT_STAGE ? '' : this.nameOf(key);
    const isSocket = this.context.kind === 'websocket';
    return this.defaultUrl(isSocket ? 'wss' : 'https', isSocket || path === '' ? path : `${path}/`, key, 'url');
  }

  /** @param attribute what gives it if the default endpoint is disabled */
  public defaultUrl(scheme: string, path: string, key: string, attribute: string): string {
    const { apiId, disableExecuteApiEndpoint } = this.context;
    if (disableExecuteApiEndpoint === true) {
      throw this.owner.error(
        `the default endpoint is disabled, so the URL of stage ${show(key)} is not known here; give it: stages: { ${show(key)}: { ${attribute}: … } }`,
      );
    }
    const { region, urlSuffix } = Stack.of(this.scope);
    return `${scheme}://${apiId}.execute-api.${region}.${urlSuffix}/${path}`;
  }

  /** A stage as mapped by a domain. */
  public bind(stage?: string): ApiMappingTarget {
    const { apiKind, apiId, disableExecuteApiEndpoint, endpointType } = this.context;
    return {
      label: this.owner.toString(),
      kind: apiKind,
      apiId,
      stageName: this.nameOf(stage ?? this.onlyStage("stage: 'KEY'")),
      disableExecuteApiEndpoint,
      endpointType,
    };
  }

  /** The stages as selected by grants. */
  public get references(): Readonly<Record<string, { readonly reference: string }>> {
    return Object.fromEntries(this.stageKeys.map((key) => [key, { reference: this.nameOf(key) }]));
  }

  /** The data behind the handle of a stage. @throws if it was not given */
  public stageSource<S>(key: string, stageImport: StageImport<S>): StageSource<S, never> {
    const { accessLogGroup } = this.attributesOf(key);
    const where = this.owner.part(`stage "${key}"`);
    const stageName = this.nameOf(key);
    const urlOf = () => this.urlOf(key);
    let made: S | undefined;
    return {
      key,
      stageName,
      metricName: stageName,
      detailedMetrics: true,
      get url() {
        return urlOf();
      },
      get accessLogGroup() {
        if (accessLogGroup) return accessLogGroup;
        throw where.error('its log group is not known here; give it as accessLogGroup of the stage');
      },
      get cfnStage(): never {
        throw where.error(
          'was created elsewhere, and has no resource here; override its properties in the code that creates it',
        );
      },
      get stage() {
        return (made ??= stageImport(key, stageName));
      },
    };
  }

  private checkStage(key: string, name: string): void {
    if (Token.isUnresolved(key)) {
      throw this.owner.error('the key of a stage must be written out; give the token as stageName instead');
    }
    const isDefault = this.context.kind === 'http' && name === DEFAULT_STAGE;
    if (Token.isUnresolved(name) || isDefault || STAGE_NAME.test(name)) return;
    const or = this.context.kind === 'http' ? `, or "${DEFAULT_STAGE}"` : '';
    throw this.owner
      .part(`stage "${key}"`)
      .error(`the name ${show(name)} must be 1 to 128 of A-Z a-z 0-9 _ -${or}; it is the last part of the stage's ARN`);
  }
}
