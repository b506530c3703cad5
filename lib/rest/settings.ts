import { type DefaultEndpoint } from '../domain/default-endpoint';
import { type CorsDefinition } from '../gateway/cors';
import { type AccessRule } from './access';
import { type GatewayApiKeySource } from '../usage-plans/api-key-source';
import { type RestEndpointType } from './endpoint';
import { type RestGatewayResponseOptions } from './gateway-response';

/** The settings of a REST API that are the same on every stage, with every default filled in. */
export interface RestApiSettings {
  readonly name: string;
  readonly description?: string;
  readonly endpointType: RestEndpointType;
  readonly ipAddressType?: string;
  readonly vpcEndpointIds: readonly string[];
  /** The parts of the resource policy; empty for none. */
  readonly access: readonly AccessRule[];
  readonly securityPolicy: string;
  readonly endpointAccessMode?: string;
  readonly defaultEndpoint: DefaultEndpoint;
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number;
  readonly apiKeySource?: GatewayApiKeySource;
  /** For routes that do not set one. */
  readonly apiKeyRequired: boolean;
  /** The reason why other code creates the plans. */
  readonly usagePlansElsewhere?: string;
  readonly cors?: CorsDefinition;
  readonly gatewayResponses: Readonly<Record<string, RestGatewayResponseOptions>>;
}
