import { type CognitoParts } from './cognito';
import { type ApiInPart, type TemplateInfo } from './common';
import { type DocumentationParts } from './documentation';
import { type DomainParts } from './domains';
import {
  type LambdaAlias,
  type LambdaFunction,
  type LambdaPermission,
  type LambdaVersion,
  type LayerVersion,
} from './lambda';
import {
  type Account,
  type Alarm,
  type ApiKey,
  type LogGroup,
  type MetricFilter,
  type Role,
  type RoleStatement,
  type ServiceRole,
  type StateMachine,
  type UsagePlan,
  type VpcLink,
  type WebAcl,
  type WebAclAssociation,
  type WebAclLog,
} from './neighbours';
import { type TemplateParameter } from './parameters';
import { type Location, type ResourceRef } from './place';
import { type ApiReference, type NamedResource, type V2Resource } from './references';
import { type Authorizer, type Integration, type Method, type RestApi, type Stage } from './rest';
import { type RepeatedEvent, type SamFault } from './sam';
import { type GatewayResource } from './shapes';
import { type Text } from './text';
import { type Circle, type DuplicateKey, type Untransformed } from './template-faults';
import {
  type HttpApi,
  type V2Authorizer,
  type V2Integration,
  type V2Route,
  type V2Stage,
  type WebSocketApi,
} from './v2';

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
export { type GatewayResource, type OddProperty } from './shapes';
export { type ApiReference, type NamedResource, type V2Resource } from './references';
export { type Canary, type MethodSetting } from './stage';
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
export {
  type Authorizer,
  type GatewayResponse,
  type Integration,
  type IntegrationResponse,
  type Method,
  type MethodResponse,
  type RequestValidator,
  type RestApi,
  type Stage,
} from './rest';

/** All that the given templates say about API Gateway and what stands around it. */
export interface ApiModel extends DomainParts, DocumentationParts {
  readonly templates: TemplateInfo[];
  readonly restApis: RestApi[];
  /** Stages that name no API. */
  readonly detachedStages: Stage[];
  readonly httpApis: HttpApi[];
  readonly webSocketApis: WebSocketApi[];
  /** V2 stages that name no API, or one of a kind that is unknown. */
  readonly detachedV2Stages: V2Stage[];
  /** The APIs that are elsewhere, of which some parts are in the templates. */
  readonly apisInPart: ApiInPart[];
  readonly accounts: Account[];
  readonly functions: LambdaFunction[];
  readonly cognito: CognitoParts;
  /** Aliases, versions and layers are read on first use. */
  readonly aliases: readonly LambdaAlias[];
  readonly versions: readonly LambdaVersion[];
  readonly layers: readonly LayerVersion[];
  readonly permissions: LambdaPermission[];
  readonly logGroups: LogGroup[];
  readonly webAclAssociations: WebAclAssociation[];
  readonly usagePlans: UsagePlan[];
  readonly apiKeys: ApiKey[];
  readonly vpcLinks: VpcLink[];
  readonly stateMachines: StateMachine[];
  readonly alarms: Alarm[];
  readonly metricFilters: MetricFilter[];
  readonly webAcls: WebAcl[];
  readonly webAclLogs: WebAclLog[];
  readonly serviceRoles: ServiceRole[];
  /** Every role, no matter who may assume it. */
  readonly roles: readonly Role[];
  /** Statements of whatever policy that speak of the connections of WebSocket APIs. */
  readonly connectionStatements: RoleStatement[];
  readonly untransformed: Untransformed[];
  readonly duplicateKeys: DuplicateKey[];
  /** Computed on first use. */
  readonly circles: readonly Circle[];
  readonly repeatedEvents: RepeatedEvent[];
  readonly samFaults: readonly SamFault[];
  /** The resources of API Gateway and of SAM as written in the source, whatever they belong to. */
  readonly gatewayResources: GatewayResource[];
  /** References of resources of API Gateway to others of the same API; without those that are sure to be as they should be. */
  readonly apiReferences: readonly ApiReference[];
  /** Resources that others name by their name, e.g. a stage in the ARN of an association. */
  readonly namedResources: readonly NamedResource[];
  /** The resources of HTTP and WebSocket APIs with the properties that they set. */
  readonly v2Resources: readonly V2Resource[];
  /** The parameters of the templates; read on first use. */
  readonly parameters: readonly TemplateParameter[];
  /** A property of a resource, whatever its type, with its references; undefined if it is absent. */
  readonly textOf: (ref: ResourceRef, property: string) => Text | undefined;
  /** The type of a resource; undefined if it is not in the templates. */
  readonly typeOf: (ref: ResourceRef) => string | undefined;
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
