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

/** The names of the kind in messages. */
export const kindOf = (kind: ApiKind): Kind => KINDS[kind.toLowerCase() as GatewayKind];

/**
 * One stage of an API that an `ApiDomain` sends traffic to.
 */
export interface ApiMappingTarget {
  /**
   * Name of the API in messages, e.g. `RestGateway 'Orders'`.
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
   * Name of the stage: a reference to its resource, so CloudFormation creates the mapping after the stage.
   */
  readonly stageName: string;

  /**
   * The construct of the API. Mappings and rules for it are created in its stack.
   *
   * @default - none: the API does not belong to this app
   */
  readonly scope?: Construct;

  /**
   * Whether the default `execute-api` endpoint is off.
   *
   * @default - unknown
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * The prop that switches the default endpoint off, for messages.
   *
   * @default 'disableExecuteApiEndpoint'
   */
  readonly disableExecuteApiEndpointProp?: string;

  /**
   * Endpoint type of the API: REGIONAL, EDGE or PRIVATE.
   *
   * @default - unknown
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
 * An API that an `ApiDomain` can map: a gateway of this library, or an `ExistingApi` for one created elsewhere.
 */
export interface IMappableApi {
  /**
   * Called by `ApiDomain`: registers that a stage of the API gets a domain (which switches the default endpoint off, unless the
   * user has set it), and returns the data that the domain needs.
   *
   * @param stage key of the stage; required if there are several
   */
  bindToDomain(stage?: string): ApiMappingTarget;
}
