import {
  type GatewayAdoptOptions,
  gatewayParts,
  type UsagePlansAdoptOptions,
  usagePlanParts,
} from '../gateway/adopt-options';
import { type AdoptedPart } from '../authoring/adoption';

/**
 * Logical ids of a deployed REST API that a `RestGateway` takes over, so CloudFormation updates these resources instead of
 * creating others. `apigw adopt <template>` prints them; `docs/migrating.md` says in which order to deploy.
 *
 * @example
 * const adopt: RestAdoptOptions = { api: 'OrdersApi0F2B4E1D', stages: { prod: 'OrdersApiDeploymentStageprod1A2B3C4D' } };
 */
export interface RestAdoptOptions extends GatewayAdoptOptions, UsagePlansAdoptOptions {
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
   * The web ACL of `WebAcl.managed`. Its name and scope must remain.
   *
   * @default - the gateway's own
   */
  readonly webAcl?: string;

  /**
   * The associations of the web ACL: key of the `stages` map → logical id. A stage has one, so removing an association under
   * another logical id may leave the stage without a web ACL.
   *
   * @default - the gateway's own
   */
  readonly webAclAssociations?: { [stage: string]: string };
}

export const restParts = (options: RestAdoptOptions): AdoptedPart[] => [
  ...gatewayParts(options),
  { option: 'executionLogs', id: 'ExecutionLog-', given: options.executionLogs },
  { option: 'clientCertificates', id: 'ClientCertificate-', given: options.clientCertificates },
  { option: 'webAcl', id: 'WebAcl', given: options.webAcl },
  { option: 'webAclAssociations', id: 'WebAcl-', given: options.webAclAssociations },
  ...usagePlanParts(options),
];
