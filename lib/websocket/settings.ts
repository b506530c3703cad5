import { type DefaultEndpoint } from '../domain/default-endpoint';
import { type GatewayApiKeySource } from '../usage-plans/api-key-source';

/** The settings of a WebSocket API that are the same on every stage, with every default filled in. */
export interface WebSocketApiSettings {
  readonly name: string;
  readonly description?: string;
  readonly ipAddressType?: string;
  readonly routeSelectionExpression: string;
  readonly defaultEndpoint: DefaultEndpoint;
  readonly disableSchemaValidation?: boolean;
  readonly apiKeySource?: GatewayApiKeySource;
  /** The reason why other code creates the plans. */
  readonly usagePlansElsewhere?: string;
}
