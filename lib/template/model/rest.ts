import { type AccessLog, type ApiExtent, type BodyConflict, type LambdaTarget, type Model } from './common';
import { type DeployedPart, type Deployment } from './deployment';
import { type PathResource, type SecurityGap } from './neighbours';
import { type Located, type Location, type ResourceRef } from './place';
import { type Resolved } from './resolved';
import { type Canary, type MethodSetting, type Variables } from './stage';
import { type Text, type Texts } from './text';
import { type Value } from './value';

/** A REST API, from resources, an OpenAPI body, or both. */
export interface RestApi extends Located, ApiExtent {
  readonly kind: 'rest';
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
  /** How a definition is imported: `overwrite` or `merge`. */
  readonly mode?: Value<string>;
  /** What an import makes of the base path: `ignore`, `prepend` or `split`. Undefined where the template does not say. */
  readonly basePath?: Value<string>;
  /** Body only: the base path in the document, beginning with a slash; undefined if it has none. */
  readonly documentBasePath?: Value<string>;
  /** The resource policy as written, intrinsics included. */
  readonly policy?: unknown;
  /** The same with its references; resolved on first use. */
  readonly resolvedPolicy?: Resolved;
  /** The place of the policy, in a property or in the document. */
  readonly policyLocation?: Location;
  readonly methods: Method[];
  readonly authorizers: Authorizer[];
  readonly models: Model[];
  readonly validators: RequestValidator[];
  readonly gatewayResponses: GatewayResponse[];
  readonly deployments: Deployment[];
  /** The parts that a deployment takes a snapshot of; computed on first use. */
  readonly deployedParts: readonly DeployedPart[];
  readonly stages: Stage[];
  /** The segments of the paths, if they are resources. */
  readonly pathResources: PathResource[];
  /** The stage "Stage" that the deployment of SAM makes in addition to the one of the template; its place is that of the API. */
  readonly extraStage?: Located;
  /** Body only: the top-level `security`, which API Gateway ignores in Swagger 2. */
  readonly rootSecurity?: unknown;
  /** Body only: as in `openapi` or `swagger`. */
  readonly openApiVersion?: Value<string>;
  /** Body only: extensions at its root that only other kinds of API have. */
  readonly ofOtherKinds?: readonly string[];
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
  /** Body only: the name of a validator that the document does not define. */
  readonly missingValidator?: string;
  /** `method.request.path.id` → required. */
  readonly requestParameters: Value<Readonly<Record<string, Value<boolean>>>>;
  /** Content type → model name. */
  readonly requestModels: Value<Texts>;
  /** Body only: content type → a schema of the request that has no name; its model is unknown. Resolved on first use. */
  readonly inlineSchemas?: Readonly<Record<string, Resolved>>;
  readonly responses: MethodResponse[];
  readonly integration?: Value<Integration>;
  /** Made under a `Condition` only. */
  readonly conditional?: boolean;
}

export interface MethodResponse extends Located {
  readonly statusCode: Value<string>;
  /** `method.response.header.X` as declared. */
  readonly parameters: Value<readonly string[]>;
  /** Content type → model name; read on first use. */
  readonly responseModels: Value<Texts>;
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
  /** If the target is a Cloud Map service of the templates. */
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
  /** Body only: keys that only other kinds of API have. */
  readonly ofOtherKinds?: readonly string[];
  readonly responses: IntegrationResponse[];
  /** The function that the URI invokes, if it is known. */
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
  /** What exports call it, e.g. `cognito_user_pools`; the service does nothing with it. */
  readonly authType?: Value<string>;
  readonly uri?: Text;
  readonly credentials?: Text;
  readonly providerArns: readonly Text[];
  readonly identitySource?: Value<string>;
  /** Whether the identity source is a list or one text; undefined if only the deployment determines it, or in a document. */
  readonly identitySourceIsList?: boolean;
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
  readonly variables: Variables;
  /** The same with their references. */
  readonly variableTexts: Value<Texts>;
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
  /** Made by its deployment (`StageName`, `StageDescription`); it has no resource. */
  readonly implicit?: boolean;
  /** Every resource the stage depends on, by DependsOn or by reference, directly or through others. */
  readonly reaches: (target: ResourceRef) => boolean;
  /** The same for whichever of several resources of its template, by their logical ids. */
  readonly reachesOneOf: (logicalIds: ReadonlySet<string>) => boolean;
}
