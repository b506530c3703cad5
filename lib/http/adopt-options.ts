import { type GatewayAdoptOptions } from '../gateway/adopt-options';

/**
 * Logical ids of a deployed HTTP API that an `HttpGateway` takes over, so CloudFormation updates these resources instead of
 * creating others. That works for an API that is defined by a `Body`, e.g. of AWS SAM: CloudFormation replaces one that has a
 * `ProtocolType`. `apigw adopt <template>` prints the ids; `docs/migrating.md` says in which order to deploy.
 *
 * @example
 * const adopt: HttpAdoptOptions = { api: 'ServerlessHttpApi', stages: { $default: 'ServerlessHttpApiApiGatewayDefaultStage' } };
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- each kind has its own, which may grow
export interface HttpAdoptOptions extends GatewayAdoptOptions {}
