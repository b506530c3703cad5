import { type HttpBody, readHttpBody } from './http-body';
import { basePathOf } from '../openapi/base-path';
import { jsonText } from '../reader/json-text';
import { lambdaOf } from './integration';
import { kindByParts, UNKNOWN_HTTP_SETTINGS, UNKNOWN_SETTINGS } from './partial';
import { type ApiElsewhere } from '../reader/apis-elsewhere';
import { type SharedApis } from '../reader/shared-apis';
import { type LambdaTargets } from '../neighbours/lambda';
import { type LogGroups } from '../neighbours/log-groups';
import { Node } from '../reader/node';
import { type ResourceRef } from '../model/place';
import { type Reaches } from '../reader/reach';
import { type App } from '../reader/scope';
import { type NamedStage } from '../neighbours/usage';
import {
  type CorsConfiguration,
  type HttpApi,
  type V2Api,
  type V2Integration,
  type V2Route,
  type V2Stage,
  type WebSocketApi,
} from '../model/v2';
import { type V2Resources } from './resources';
import { readV2Deployment, readV2Stage } from './stage';
import { outline, UNKNOWN_TEXT } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';

const API = 'AWS::ApiGatewayV2::Api';

type V2Parts = Pick<V2Api, 'routes' | 'integrations' | 'authorizers' | 'models' | 'deployments' | 'stages'>;

/** Reads the HTTP and WebSocket APIs and their stages. */
export class V2Apis {
  public readonly httpApis: HttpApi[] = [];
  public readonly webSocketApis: WebSocketApi[] = [];
  public readonly detachedStages: V2Stage[] = [];
  /** The kinds of the APIs that are not in the templates. */
  public readonly kinds = new Map<ApiElsewhere, 'http' | 'websocket' | undefined>();
  public readonly stages: NamedStage[] = [];

  constructor(
    app: App,
    private readonly resources: V2Resources,
    private readonly lambdas: LambdaTargets,
    private readonly logGroups: LogGroups,
    private readonly reaches: Reaches,
    private readonly shared: SharedApis,
  ) {
    for (const { scope, logicalId } of app.ofType(API)) {
      const node = Node.properties(scope, logicalId);
      const kind = this.kindOf(node);
      if (kind === 'http') {
        this.httpApis.push(this.http(node));
      } else if (kind === 'websocket') {
        this.webSocketApis.push({ ...this.api(node, undefined, false), kind: 'websocket' });
      } else {
        this.detachedStages.push(...this.stagesOf(node.ref));
      }
    }
    for (const api of resources.elsewhere.all) {
      this.addPartial(api);
    }
    for (const node of resources.detached('Stage')) {
      this.detachedStages.push(this.stage(node));
    }
  }

  /** What the resources of an API say that is elsewhere. */
  private addPartial(api: ApiElsewhere): void {
    const kind = kindByParts(this.resources, api.ref);
    this.kinds.set(api, kind);
    if (kind === undefined) {
      this.detachedStages.push(...this.stagesOf(api.ref));
      return;
    }
    const both: Omit<V2Api, 'kind'> = {
      location: api.location,
      form: 'partial',
      shared: true,
      complete: false,
      reference: api.reference,
      imported: false,
      ...UNKNOWN_SETTINGS,
      ...this.partsOf(api.ref, undefined, kind === 'http'),
    };
    if (kind === 'http') {
      this.httpApis.push({ ...both, ...UNKNOWN_HTTP_SETTINGS });
    } else {
      this.webSocketApis.push({ ...both, kind });
    }
  }

  /** Undefined if it is unknown. A value that is not a protocol is treated as HTTP. */
  private kindOf(node: Node): 'http' | 'websocket' | undefined {
    const protocol = node.get('ProtocolType').upper();
    if (protocol !== UNKNOWN) {
      return protocol === 'WEBSOCKET' ? 'websocket' : 'http';
    }
    const isHttp = ['Body', 'BodyS3Location', 'Target', 'CorsConfiguration'].some((name) => !node.get(name).isAbsent);
    const keys = this.resources.of(node.ref, 'Route').map((route) => route.get('RouteKey').string());
    if (isHttp || keys.some((key) => typeof key === 'string' && /^[A-Z]+ \//.test(key))) {
      return 'http';
    }
    return keys.some((key) => key === '$connect' || key === '$disconnect') ? 'websocket' : undefined;
  }

  private http(node: Node): HttpApi {
    const written = node.get('Body');
    const body = written.isAbsent ? undefined : readHttpBody(written, this.lambdas);
    const api = this.api(node, body, true);
    const target = node.get('Target');
    return {
      ...api,
      kind: 'http',
      ...(!target.isAbsent && this.quickCreated(node, target, api)),
      quickWithoutTarget: target.isAbsent ? node.given(['RouteKey', 'CredentialsArn']) : [],
      basePath: node.get('BasePath').string(),
      besideBody: api.imported ? besideBody(node) : [],
      securityGaps: body?.securityGaps ?? [],
      ...(body && 'rootSecurity' in body && { rootSecurity: body.rootSecurity }),
      ...(body && { openApiVersion: body.version, ofOtherKinds: body.ofOtherKinds }),
      get documentBasePath() {
        return body && basePathOf(written);
      },
      get bodyBytes() {
        const text = body && jsonText(written.written);
        return text === undefined ? undefined : Buffer.byteLength(text);
      },
    };
  }

  private api(node: Node, body: HttpBody | undefined, isHttp: boolean): Omit<V2Api, 'kind'> {
    const { ref } = node;
    const hasBody = !node.get('Body').isAbsent;
    const isOpaque = !node.get('BodyS3Location').isAbsent || (hasBody && !body);
    const cors = node.get('CorsConfiguration');
    const disable = node.get('DisableExecuteApiEndpoint');
    const parts = this.partsOf(ref, body, isHttp);
    const isQuick = !node.get('Target').isAbsent;
    const shared = this.shared.mayHaveMore(ref, {
      isJoined: () => this.resources.isJoined(ref),
      hasRoutes: isQuick || parts.routes.length > 0,
      hasStages: isQuick || parts.stages.length > 0,
    });
    return {
      location: node.location,
      form: isOpaque ? 'opaque' : !body ? 'resources' : this.resources.has(ref) ? 'mixed' : 'body',
      shared,
      complete: !isOpaque && !shared && body?.complete !== false,
      imported: hasBody || isOpaque,
      name: node.get('Name').string() ?? body?.title,
      description: node.get('Description').string() ?? body?.description,
      protocolType: node.get('ProtocolType').string(),
      ipAddressType: node.get('IpAddressType').string(),
      disableExecuteApiEndpoint: (disable.isAbsent && body
        ? body.endpoint.get('disableExecuteApiEndpoint')
        : disable
      ).bool(),
      disableSchemaValidation: node.get('DisableSchemaValidation').bool(),
      failOnWarnings: node.get('FailOnWarnings').bool(),
      routeSelectionExpression: node.get('RouteSelectionExpression').string(),
      apiKeySelectionExpression: node.get('ApiKeySelectionExpression').string(),
      corsConfiguration: cors.isAbsent && body ? corsOf(body.cors, inBody) : corsOf(cors, inResource),
      ...parts,
    };
  }

  private partsOf(ref: ResourceRef, body: HttpBody | undefined, isHttp: boolean): V2Parts {
    return {
      routes: [...(body?.routes ?? []), ...this.resources.routesOf(ref, isHttp)],
      integrations: [...(body?.integrations ?? []), ...this.resources.integrationsOf(ref)],
      authorizers: [...(body?.authorizers ?? []), ...this.resources.authorizersOf(ref)],
      models: [...(body?.models ?? []), ...this.resources.modelsOf(ref)],
      deployments: this.resources
        .of(ref, 'Deployment')
        .map((child) => readV2Deployment(child, this.reaches.of(child.ref))),
      stages: this.stagesOf(ref),
    };
  }

  /** The route, the integration and the stage that the service makes itself. */
  private quickCreated(
    node: Node,
    target: Node,
    api: Omit<V2Api, 'kind'>,
  ): Pick<HttpApi, 'quickCreate' | 'routes' | 'integrations' | 'stages'> {
    const { location } = target;
    const [overrides] = this.resources.of(node.ref, 'ApiGatewayManagedOverrides');
    const key = node.get('RouteKey');
    const credentials = node.get('CredentialsArn').text();
    const uri = target.text() ?? UNKNOWN_TEXT;
    const isUrl = /^https?:/.test(outline(uri));
    const integration: V2Integration = {
      location,
      type: isUrl ? 'HTTP_PROXY' : 'AWS_PROXY',
      uri,
      credentials,
      requestParameters: {},
      responseParameters: {},
      requestTemplates: {},
      responses: [],
      lambda: isUrl ? undefined : lambdaOf(target, 'AWS_PROXY', undefined, this.lambdas),
      payloadFormatVersion: UNKNOWN,
    };
    const route: V2Route = {
      ...this.resources.route((overrides ?? node).get(overrides ? 'Route' : NOTHING), key, true),
      ...(key.isAbsent && { routeKey: '$default' }),
      location,
      integration,
      implicit: true,
    };
    const stages = api.stages.some(({ stageName }) => stageName === '$default')
      ? api.stages
      : [...api.stages, this.implicitStage(node, (overrides ?? node).get(overrides ? 'Stage' : NOTHING))];
    return {
      quickCreate: { location, target: uri, routeKey: key.string(), credentials },
      routes: [...api.routes, route],
      integrations: [...api.integrations, integration],
      stages,
    };
  }

  private implicitStage(api: Node, settings: Node): V2Stage {
    this.stages.push({ ref: api.ref, api: api.ref, name: '$default' });
    return {
      ...readV2Stage(settings, this.reaches.of(api.ref), this.logGroups),
      location: settings.isAbsent ? api.get('Target').location : settings.location,
      stageName: '$default',
      autoDeploy: settings.get('AutoDeploy').bool() ?? true,
      implicit: true,
    };
  }

  private stagesOf(api: ResourceRef): V2Stage[] {
    return this.resources.of(api, 'Stage').map((child) => this.stage(child, api));
  }

  private stage(node: Node, api?: ResourceRef): V2Stage {
    this.stages.push({ ref: node.ref, api, name: node.get('StageName').text() });
    return readV2Stage(node, this.reaches.of(node.ref), this.logGroups);
  }
}

/** All that an API may be made with, but for what says how a definition is imported. */
const NO_IMPORT = [
  'ApiKeySelectionExpression',
  'CorsConfiguration',
  'CredentialsArn',
  'Description',
  'DisableExecuteApiEndpoint',
  'DisableSchemaValidation',
  'IpAddressType',
  'Name',
  'ProtocolType',
  'RouteKey',
  'RouteSelectionExpression',
  'Tags',
  'Target',
  'Version',
];

/** An object without entries may be absent in the end, and so may an unknown value. */
function besideBody(node: Node): readonly string[] {
  return NO_IMPORT.filter((name) => {
    const property = node.get(name);
    return !property.isAbsent && property.value !== UNKNOWN && !(property.isObject && property.keys().length === 0);
  });
}

/** A property that no resource has, because the user did not write it. */
const NOTHING = '';

type Spelling = (name: string) => string;
const inResource: Spelling = (name) => name;
const inBody: Spelling = (name) => name[0].toLowerCase() + name.slice(1);

function corsOf(node: Node, spelling: Spelling): Value<CorsConfiguration> | undefined {
  if (!node.isObject) {
    return node.isAbsent ? undefined : UNKNOWN;
  }
  const at = (name: string): Node => node.get(spelling(name));
  return {
    location: node.location,
    allowOrigins: at('AllowOrigins').strings(),
    allowMethods: at('AllowMethods').strings(),
    allowHeaders: at('AllowHeaders').strings(),
    exposeHeaders: at('ExposeHeaders').strings(),
    allowCredentials: at('AllowCredentials').bool(),
    maxAge: at('MaxAge').number(),
  };
}
