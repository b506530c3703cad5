import { type AccessLog, type ApiExtent, type LambdaTarget, type Model } from './common';
import { type SecurityGap } from './neighbours';
import { type Located, type ResourceRef } from './place';
import { type Variables } from './stage';
import { type Text, type Texts } from './text';
import { type Value } from './value';

/** What HTTP and WebSocket APIs have in common: `AWS::ApiGatewayV2::Api`. */
export interface V2Api extends Located, ApiExtent {
  readonly kind: 'http' | 'websocket';
  /** Made from a document, whether or not it can be read: `Body` or `BodyS3Location`. */
  readonly imported: boolean;
  readonly name?: Value<string>;
  readonly description?: Value<string>;
  /** As given; a body needs none. */
  readonly protocolType?: Value<string>;
  readonly ipAddressType?: Value<string>;
  readonly disableExecuteApiEndpoint?: Value<boolean>;
  readonly disableSchemaValidation?: Value<boolean>;
  readonly failOnWarnings?: Value<boolean>;
  readonly routeSelectionExpression?: Value<string>;
  readonly apiKeySelectionExpression?: Value<string>;
  /** Unknown if it exists but cannot be resolved. */
  readonly corsConfiguration?: Value<CorsConfiguration>;
  readonly routes: V2Route[];
  /** Each once, however many routes share it. */
  readonly integrations: V2Integration[];
  readonly authorizers: V2Authorizer[];
  readonly models: Model[];
  readonly deployments: V2Deployment[];
  readonly stages: V2Stage[];
}

/** An HTTP API, from resources, an OpenAPI body, or both. */
export interface HttpApi extends V2Api {
  readonly kind: 'http';
  /** What an import makes of the base path: `ignore`, `prepend` or `split`. Undefined where the template does not say. */
  readonly basePath?: Value<string>;
  /** Body only: the base path in the document, beginning with a slash; undefined if it has none. */
  readonly documentBasePath?: Value<string>;
  /** `Target` and what goes with it: the service then makes a route and the stage `$default`. */
  readonly quickCreate?: QuickCreate;
  /** What goes with `Target`, without it. */
  readonly quickWithoutTarget: readonly string[];
  /** Body only: the top-level `security`. */
  readonly rootSecurity?: unknown;
  /** Body only: as in `openapi` or `swagger`. */
  readonly openApiVersion?: Value<string>;
  /** Body only: extensions at its root that only other kinds of API have. */
  readonly ofOtherKinds?: readonly string[];
  /** Body only: bytes of the definition, computed on first use. */
  readonly bodyBytes?: number;
  /** Properties that a definition sets itself, wherever it is; none if there is no definition. */
  readonly besideBody: readonly string[];
  readonly securityGaps: SecurityGap[];
}

/** A WebSocket API; always from resources. */
export interface WebSocketApi extends V2Api {
  readonly kind: 'websocket';
}

export interface QuickCreate extends Located {
  readonly target: Text;
  readonly routeKey?: Value<string>;
  readonly credentials?: Text;
}

export interface CorsConfiguration extends Located {
  readonly allowOrigins: Value<string[]>;
  readonly allowMethods: Value<string[]>;
  readonly allowHeaders: Value<string[]>;
  readonly exposeHeaders: Value<string[]>;
  readonly allowCredentials?: Value<boolean>;
  /** In seconds. */
  readonly maxAge?: Value<number>;
}

export interface V2Route extends Located {
  /** `GET /orders/{id}` or `$default`; `$connect`, `sendMessage`… of a WebSocket API. */
  readonly routeKey: Value<string>;
  /** HTTP only, of a key that has one: upper case, `ANY` for all. */
  readonly httpMethod?: Value<string>;
  /** HTTP only, of a key that has one. */
  readonly path?: Text;
  readonly operationId?: string;
  /** NONE, AWS_IAM, CUSTOM, JWT. Undefined where the template does not say. */
  readonly authorizationType?: Value<string>;
  /** Unknown where one is named that is not in the templates. */
  readonly authorizer?: Value<V2Authorizer>;
  readonly scopes: Value<string[]>;
  readonly apiKeyRequired: Value<boolean>;
  /** As written: `integrations/<Integration>`. Undefined in a body. */
  readonly target?: Text;
  /** Unknown where one is named that is not in the templates. */
  readonly integration?: Value<V2Integration>;
  /** `route.request.querystring.id` → required. */
  readonly requestParameters: Value<Readonly<Record<string, Value<boolean>>>>;
  /** Model key → model name. */
  readonly requestModels: Value<Texts>;
  readonly modelSelectionExpression?: Value<string>;
  readonly routeResponseSelectionExpression?: Value<string>;
  readonly responses: V2RouteResponse[];
  /** Made under a `Condition` only. */
  readonly conditional?: boolean;
  /** Made by the service out of `Target`; it has no resource. */
  readonly implicit?: boolean;
}

export interface V2RouteResponse extends Located {
  readonly routeResponseKey: Value<string>;
  readonly modelSelectionExpression?: Value<string>;
  readonly responseModels: Value<Texts>;
}

export interface V2Integration extends Located {
  /** Upper case in a body: AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK. */
  readonly type?: Value<string>;
  /** `SQS-SendMessage`… */
  readonly subtype?: Value<string>;
  readonly httpMethod?: Value<string>;
  readonly uri?: Text;
  readonly payloadFormatVersion?: Value<string>;
  readonly credentials?: Text;
  readonly connectionType?: Value<string>;
  readonly connectionId?: Text;
  /** If the URI is a Cloud Map service of the templates. */
  readonly cloudMapService?: ResourceRef;
  /** `application` or `network`, where the URI is a listener of the templates. */
  readonly targetType?: Value<string>;
  /** `append:header.X`, `integration.request.header.X`, `QueueUrl` → expression. */
  readonly requestParameters: Value<Texts>;
  /** Status code → `overwrite:header.X` → expression. */
  readonly responseParameters: Value<Readonly<Record<string, Value<Texts>>>>;
  readonly requestTemplates: Value<Texts>;
  readonly templateSelectionExpression?: Value<string>;
  readonly passthroughBehavior?: Value<string>;
  readonly contentHandling?: Value<string>;
  readonly timeoutInMillis?: Value<number>;
  /** Undefined where the private integration is in clear. */
  readonly tls?: V2Tls;
  readonly responses: V2IntegrationResponse[];
  /** Body only: keys that only other kinds of API have. */
  readonly ofOtherKinds?: readonly string[];
  /** The function that is invoked, if it is known. */
  readonly lambda?: LambdaTarget;
}

export interface V2Tls extends Located {
  readonly serverNameToVerify?: Text;
}

export interface V2IntegrationResponse extends Located {
  /** `$default`, `/200/`, `/4\d\d/`… */
  readonly integrationResponseKey: Value<string>;
  readonly parameters: Value<Texts>;
  readonly templates: Value<Texts>;
  readonly templateSelectionExpression?: Value<string>;
  readonly contentHandling?: Value<string>;
}

export interface V2Authorizer extends Located {
  /** Logical id, or the name of the security scheme. */
  readonly key: string;
  readonly name?: Value<string>;
  /** Upper case in a body: REQUEST, JWT. */
  readonly type?: Value<string>;
  readonly uri?: Text;
  readonly credentials?: Text;
  /** `$request.header.Authorization`, `route.request.querystring.token`… Empty where the template does not say. */
  readonly identitySource: Value<string[]>;
  /** Whether the identity source is a list or one text; undefined if only the deployment determines it, or in a document. */
  readonly identitySourceIsList?: boolean;
  readonly identityValidationExpression?: Value<string>;
  readonly jwt?: JwtConfiguration;
  readonly payloadFormatVersion?: Value<string>;
  readonly enableSimpleResponses?: Value<boolean>;
  /** Undefined where the template does not say. */
  readonly resultTtlInSeconds?: Value<number>;
  readonly lambda?: LambdaTarget;
}

export interface JwtConfiguration extends Located {
  readonly issuer?: Text;
  /** Empty where the template does not say. */
  readonly audience: Value<Text[]>;
}

export interface V2Deployment extends Located {
  readonly description?: Value<string>;
  readonly stageName?: Value<string>;
  readonly dependsOn: readonly ResourceRef[];
  /** Every resource the deployment depends on, by DependsOn or by reference, directly or through others. */
  readonly reaches: (target: ResourceRef) => boolean;
}

export interface V2Stage extends Located {
  readonly stageName?: Value<string>;
  /** Made only under a condition. */
  readonly conditional?: boolean;
  readonly autoDeploy?: Value<boolean>;
  readonly deployment?: Value<ResourceRef>;
  readonly variables: Variables;
  /** The same with their references. */
  readonly variableTexts: Value<Texts>;
  readonly accessLog?: AccessLog;
  readonly defaultRouteSettings?: RouteSettings;
  /** One for each key of `RouteSettings`. */
  readonly routeSettings: Value<RouteSettings[]>;
  readonly clientCertificateId?: Text;
  readonly dependsOn: readonly ResourceRef[];
  /** Made by the service out of `Target`; it has no resource. */
  readonly implicit?: boolean;
  /** Every resource the stage depends on, by DependsOn or by reference, directly or through others. */
  readonly reaches: (target: ResourceRef) => boolean;
  /** The same for whichever of several resources of its template, by their logical ids. */
  readonly reachesOneOf: (logicalIds: ReadonlySet<string>) => boolean;
}

/** Settings of one route, or of all routes without their own. */
export interface RouteSettings extends Located {
  /** Undefined for `DefaultRouteSettings`. */
  readonly routeKey?: string;
  readonly loggingLevel?: Value<string>;
  readonly dataTraceEnabled?: Value<boolean>;
  /** `DetailedMetricsEnabled`. */
  readonly metricsEnabled?: Value<boolean>;
  readonly throttlingRateLimit?: Value<number>;
  readonly throttlingBurstLimit?: Value<number>;
}
