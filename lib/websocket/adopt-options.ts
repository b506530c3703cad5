import {
  type GatewayAdoptOptions,
  gatewayParts,
  type UsagePlansAdoptOptions,
  usagePlanParts,
} from '../gateway/adopt-options';
import { type AdoptedPart } from '../authoring/adoption';

/**
 * Logical ids of a deployed WebSocket API that a `WebSocketGateway` takes over, so CloudFormation updates these resources instead
 * of creating others. `apigw adopt <template>` prints them; `docs/migrating.md` says in which order to deploy.
 *
 * @example
 * const adopt: WebSocketAdoptOptions = { api: 'ChatApi0F2B4E1D', routes: { $connect: 'ChatApiconnectRoute1A2B3C4D' } };
 */
export interface WebSocketAdoptOptions extends GatewayAdoptOptions, UsagePlansAdoptOptions {
  /**
   * The log groups of execution logs: key of the `stages` map → logical id.
   *
   * @default - the gateway's own
   */
  readonly executionLogs?: { [stage: string]: string };

  /**
   * The client certificates: key of the `stages` map → logical id. Back ends trust the certificate, and a new one is another.
   *
   * @default - the gateway's own
   */
  readonly clientCertificates?: { [stage: string]: string };

  /**
   * The routes: key of the route → logical id. An API cannot have a route twice.
   *
   * @default - the gateway's own
   */
  readonly routes?: { [key: string]: string };
}

export const webSocketParts = (options: WebSocketAdoptOptions): AdoptedPart[] => [
  ...gatewayParts(options),
  { option: 'executionLogs', id: 'ExecutionLog-', given: options.executionLogs },
  { option: 'clientCertificates', id: 'ClientCertificate-', given: options.clientCertificates },
  { option: 'routes', id: 'Route-', given: options.routes },
  ...usagePlanParts(options),
];
