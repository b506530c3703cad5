import {
  type AccessLog,
  type ApiForm,
  type BodyConflict,
  type LambdaTarget,
  type Model,
  type TemplateInfo,
} from './common';
import { type DeployedPart, type Deployment } from './deployment';
import { type DomainAlias, type DomainMapping, type DomainName, type RoutingRule } from './domains';
import { type LambdaFunction, type LambdaPermission } from './lambda';
import {
  type Account,
  type Alarm,
  type ApiKey,
  type LogGroup,
  type MetricFilter,
  type PathResource,
  type RoleStatement,
  type SecurityGap,
  type ServiceRole,
  type StateMachine,
  type UsagePlan,
  type VpcLink,
  type WebAcl,
  type WebAclAssociation,
  type WebAclLog,
} from './neighbours';
import { type Located, type Location, type ResourceRef } from './place';
import {
  type HttpApi,
  type V2Authorizer,
  type V2Integration,
  type V2Route,
  type V2Stage,
  type WebSocketApi,
} from './v2';
import { type DuplicateKey, type Untransformed } from './template-faults';
import { type Text, type Texts } from './text';
import { type Value } from './value';

export { type AccessLog, type LambdaTarget, type Model, type TemplateInfo } from './common';
export { type DeployedPart, type Deployment } from './deployment';
export { type DomainMapping, type DomainName } from './domains';
export { type LambdaFunction, type LambdaPermission } from './lambda';
export {
  type Account,
  type ApiKey,
  type LogGroup,
  type UsagePlan,
  type UsagePlanKey,
  type UsagePlanStage,
  type WebAclAssociation,
} from './neighbours';
export { type Located, type Location, type ResourceRef } from './place';
export {
  type HttpApi,
  type RouteSettings,
  type V2Api,
  type V2Authorizer,
  type V2Integration,
  type V2Route,
  type V2Stage,
  type WebSocketApi,
} from './v2';

/** All that the given templates say about API Gateway and what stands around it. */
export interface ApiModel {
  readonly templates: TemplateInfo[];
  readonly restApis: RestApi[];
  /** Stages whose API is imported or cannot be told. */
  readonly detachedStages: Stage[];
  readonly httpApis: HttpApi[];
  readonly webSocketApis: WebSocketApi[];
  /** V2 stages whose API is imported, or of a kind that cannot be told. */
  readonly detachedV2Stages: V2Stage[];
  readonly accounts: Account[];
  readonly functions: LambdaFunction[];
  readonly permissions: LambdaPermission[];
  readonly logGroups: LogGroup[];
  readonly webAclAssociations: WebAclAssociation[];
  readonly usagePlans: UsagePlan[];
  readonly apiKeys: ApiKey[];
  readonly domainNames: DomainName[];
  readonly domainMappings: DomainMapping[];
  readonly routingRules: RoutingRule[];
  readonly domainAliases: DomainAlias[];
  readonly vpcLinks: VpcLink[];
  readonly stateMachines: StateMachine[];
  readonly alarms: Alarm[];
  readonly metricFilters: MetricFilter[];
  readonly webAcls: WebAcl[];
  readonly webAclLogs: WebAclLog[];
  readonly serviceRoles: ServiceRole[];
  /** Statements of whatever policy that speak of the connections of WebSocket APIs. */
  readonly connectionStatements: RoleStatement[];
  readonly untransformed: Untransformed[];
  readonly duplicateKeys: DuplicateKey[];
  /** The place that the user wrote, for a location in the output of a transform; any other location unchanged. */
  readonly written: (location: Location) => Location;
  /** The earlier versions of these templates, by the same names; if they are available. */
  readonly previous?: ApiModel;
}

/** An API, a route, a stage… of whatever kind; the three have the same words for what is the same. */
export type AnyApi = RestApi | HttpApi | WebSocketApi;
export type AnyRoute = Method | V2Route;
export type AnyIntegration = Integration | V2Integration;
export type AnyAuthorizer = Authorizer | V2Authorizer;
export type AnyStage = Stage | V2Stage;

/** A REST API, from resources, an OpenAPI body, or both. */
export interface RestApi extends Located {
  readonly kind: 'rest';
  readonly form: ApiForm;
  readonly imported: boolean; // From `Body` or `BodyS3Location`, whether or not it can be read.
  readonly name?: Value<string>;
  readonly description?: Value<string>;
  /** Empty where the template does not say. */
  readonly endpointTypes: Value<string[]>;
  readonly ipAddressType?: Value<string>;
  readonly vpcEndpointIds: Value<Text[]>;
  readonly apiKeySource?: Value<string>;
  readonly binaryMediaTypes: Value<string[]>;
  readonly minimumCompressionSize?: Value<number>;
  readonly disableExecuteApiEndpoint?: Value<boolean>;
  readonly securityPolicy?: Value<string>;
  readonly endpointAccessMode?: Value<string>;
  readonly failOnWarnings?: Value<boolean>;
  /** The resource policy as written, intrinsics included. */
  readonly policy?: unknown;
  readonly methods: Method[];
  readonly authorizers: Authorizer[];
  readonly models: Model[];
  readonly validators: RequestValidator[];
  readonly gatewayResponses: GatewayResponse[];
  readonly deployments: Deployment[];
  /** The parts that a deployment takes a snapshot of; computed on first use. */
  readonly deployedParts: readonly DeployedPart[];
  readonly stages: Stage[];
  /** The segments of the paths, where they are resources. */
  readonly pathResources: PathResource[];
  /** Body only: the top-level `security`, which API Gateway ignores. */
  readonly rootSecurity?: unknown;
  /** Body only: as in `openapi` or `swagger`. */
  readonly openApiVersion?: Value<string>;
  /** Body only: bytes of the definition, computed on first use. */
  readonly bodyBytes?: number;
  /** Body only: settings that differ from the properties; computed on first use. */
  readonly bodyConflicts: readonly BodyConflict[];
  readonly securityGaps: SecurityGap[];
}

export interface Method extends Located {
  /** Upper case; `ANY` for all. */
  readonly httpMethod: Value<string>;
  /** `/orders/{id}`; a segment may be a reference. */
  readonly path: Text;
  readonly operationId?: string;
  /** As in CloudFormation: NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS. Undefined where the template does not say. */
  readonly authorizationType?: Value<string>;
  /** Unknown where one is named that is not in the templates. */
  readonly authorizer?: Value<Authorizer>;
  readonly scopes: Value<string[]>;
  readonly apiKeyRequired: Value<boolean>;
  readonly validator?: Value<RequestValidator>;
  /** `method.request.path.id` → required. */
  readonly requestParameters: Value<Readonly<Record<string, Value<boolean>>>>;
  /** Content type → model name. */
  readonly requestModels: Value<Texts>;
  readonly responses: MethodResponse[];
  readonly integration?: Value<Integration>;
  /** Made under a `Condition` only. */
  readonly conditional?: boolean;
}

export interface MethodResponse extends Located {
  readonly statusCode: Value<string>;
  /** `method.response.header.X` as declared. */
  readonly parameters: Value<readonly string[]>;
}

export interface Integration extends Located {
  /** Upper case: AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK. */
  readonly type?: Value<string>;
  readonly httpMethod?: Value<string>;
  readonly uri?: Text;
  readonly credentials?: Text;
  readonly connectionType?: Value<string>;
  readonly connectionId?: Text;
  readonly integrationTarget?: Text;
  /** Where the target is a Cloud Map service of the templates. */
  readonly cloudMapService?: ResourceRef;
  /** `application` or `network`, where the target is a load balancer of the templates. */
  readonly targetType?: Value<string>;
  /** `integration.request.header.X` → expression. */
  readonly requestParameters: Value<Texts>;
  readonly requestTemplates: Value<Texts>;
  readonly passthroughBehavior?: Value<string>;
  readonly contentHandling?: Value<string>;
  readonly timeoutInMillis?: Value<number>;
  readonly cacheKeyParameters: Value<string[]>;
  readonly cacheNamespace?: Value<string>;
  readonly responseTransferMode?: Value<string>;
  readonly insecureSkipVerification?: Value<boolean>;
  readonly responses: IntegrationResponse[];
  /** The function that the URI invokes, where it can be told. */
  readonly lambda?: LambdaTarget;
}

export interface IntegrationResponse extends Located {
  /** Empty for the default response. */
  readonly selectionPattern: Value<string>;
  readonly statusCode: Value<string>;
  /** `method.response.header.X` → expression. */
  readonly parameters: Value<Texts>;
  readonly templates: Value<Texts>;
  readonly contentHandling?: Value<string>;
}

export interface Authorizer extends Located {
  /** Logical id, or the name of the security scheme. */
  readonly key: string;
  readonly name?: Value<string>;
  /** Upper case: TOKEN, REQUEST, COGNITO_USER_POOLS. */
  readonly type?: Value<string>;
  readonly uri?: Text;
  readonly credentials?: Text;
  readonly providerArns: readonly Text[];
  readonly identitySource?: Value<string>;
  readonly identityValidationExpression?: Value<string>;
  /** Undefined where the template does not say (the service then takes 300). */
  readonly resultTtlInSeconds?: Value<number>;
  readonly lambda?: LambdaTarget;
}

export interface RequestValidator extends Located {
  /** Logical id, or the name inside of the body. */
  readonly key: string;
  readonly validateBody: Value<boolean>;
  readonly validateParameters: Value<boolean>;
}

export interface GatewayResponse extends Located {
  readonly responseType: Value<string>;
  readonly statusCode?: Value<string>;
  /** `gatewayresponse.header.X` → expression. */
  readonly parameters: Value<Texts>;
  readonly templates: Value<Texts>;
}

export interface Stage extends Located {
  readonly stageName?: Value<string>;
  readonly deployment?: Value<ResourceRef>;
  readonly variables: Value<Readonly<Record<string, Value<string>>>>;
  readonly accessLog?: AccessLog;
  readonly methodSettings: Value<MethodSetting[]>;
  readonly tracingEnabled?: Value<boolean>;
  readonly cacheClusterEnabled?: Value<boolean>;
  readonly cacheClusterSize?: Value<string>;
  readonly clientCertificateId?: Text;
  readonly canary?: Canary;
  /** The resource that brings new deployments as canaries, of a `StageCanary`. */
  readonly release?: Located;
  readonly dependsOn: readonly ResourceRef[];
  readonly conditional?: boolean;
  /** Made by its deployment (`StageName`, `StageDescription`); there is no resource of its own. */
  readonly implicit?: boolean;
  /** Every resource the stage depends on, by DependsOn or by reference, directly or through others. */
  readonly reaches: (target: ResourceRef) => boolean;
  /** The same for whichever of several resources of its template, by their logical ids. */
  readonly reachesOneOf: (logicalIds: ReadonlySet<string>) => boolean;
}

export interface Canary extends Located {
  readonly percentTraffic?: Value<number>;
  readonly deployment?: Value<ResourceRef>;
  readonly useStageCache?: Value<boolean>;
  /** Stage variables that the canary has for itself. */
  readonly overrides: boolean;
}

export interface MethodSetting extends Located {
  /** `*` or a method in upper case. */
  readonly httpMethod?: Value<string>;
  /** Decoded: `/*` for all, `/orders/{id}` for one. */
  readonly resourcePath?: Value<string>;
  /** As written: `/~1orders~1{id}`. */
  readonly rawResourcePath?: Value<string>;
  readonly loggingLevel?: Value<string>;
  readonly dataTraceEnabled?: Value<boolean>;
  readonly metricsEnabled?: Value<boolean>;
  readonly throttlingRateLimit?: Value<number>;
  readonly throttlingBurstLimit?: Value<number>;
  readonly cachingEnabled?: Value<boolean>;
  readonly cacheTtlInSeconds?: Value<number>;
  readonly cacheDataEncrypted?: Value<boolean>;
}
