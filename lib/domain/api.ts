import { type Construct } from 'constructs';
import { type GatewayKind, type Kind, KINDS } from '../facts/kinds';

/**
 * The kinds of APIs that API Gateway has.
 */
export enum ApiKind {
  /** A REST API. */
  REST = 'REST',

  /** An HTTP API. */
  HTTP = 'HTTP',

  /** A WebSocket API. */
  WEBSOCKET = 'WEBSOCKET',
}

/** What the kind is called in messages. */
export const kindOf = (kind: ApiKind): Kind => KINDS[kind.toLowerCase() as GatewayKind];

/**
 * One stage of an API, as an `ApiDomain` sends traffic to it.
 */
export interface ApiMappingTarget {
  /**
   * What the API is called in messages, e.g. `RestGateway 'Orders'`.
   */
  readonly label: string;

  /**
   * The kind of the API.
   */
  readonly kind: ApiKind;

  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * Name of the stage: a reference to the resource of the stage, so that a mapping is made after it.
   */
  readonly stageName: string;

  /**
   * The construct of the API. What is made for it stands in its stack.
   *
   * @default - none: the API is not of this app
   */
  readonly scope?: Construct;

  /**
   * Whether the default `execute-api` endpoint is off.
   *
   * @default - not known
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * The prop that would switch the default endpoint off, for messages.
   *
   * @default 'disableExecuteApiEndpoint'
   */
  readonly disableExecuteApiEndpointProp?: string;

  /**
   * Endpoint type of the API: REGIONAL, EDGE or PRIVATE.
   *
   * @default - not known
   */
  readonly endpointType?: string;

  /**
   * The API's own TLS policy.
   *
   * @default - not known
   */
  readonly securityPolicy?: string;

  /**
   * The API's own endpoint access mode.
   *
   * @default - none
   */
  readonly endpointAccessMode?: string;
}

/**
 * An API that an `ApiDomain` can map: the gateways of this library, and `ExistingApi` for one made elsewhere.
 */
export interface IMappableApi {
  /**
   * Called by `ApiDomain`: the API learns that a stage of it gets a domain (and switches its default endpoint off, unless
   * told otherwise), and says what the domain has to know.
   *
   * @param stage key of the stage; needed where there are several
   */
  bindToDomain(stage?: string): ApiMappingTarget;
}
