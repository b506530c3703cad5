import { Lazy } from 'aws-cdk-lib';
import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { FinalProperties } from '../document/final-properties';
import { GatewayApiKeySource } from '../usage-plans/api-key-source';
import { type WebSocketApiSettings } from './settings';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html */
const KEY_EXPRESSIONS: Readonly<Record<GatewayApiKeySource, string>> = {
  [GatewayApiKeySource.HEADER]: '$request.header.x-api-key',
  [GatewayApiKeySource.AUTHORIZER]: '$context.authorizer.usageIdentifierKey',
};

/** The resource of the API. */
export class WebSocketApiResource extends CfnApi {
  public readonly finalProperties: FinalProperties;

  constructor(scope: Construct, settings: WebSocketApiSettings) {
    super(scope, 'Resource', {
      name: settings.name,
      description: settings.description,
      protocolType: 'WEBSOCKET',
      routeSelectionExpression: settings.routeSelectionExpression,
      ipAddressType: settings.ipAddressType,
      disableExecuteApiEndpoint: Lazy.uncachedAny({ produce: () => settings.defaultEndpoint.isOff }),
      disableSchemaValidation: settings.disableSchemaValidation,
      apiKeySelectionExpression: settings.apiKeySource && KEY_EXPRESSIONS[settings.apiKeySource],
    });
    this.finalProperties = new FinalProperties(this, {
      written: () => this.cfnProperties,
      render: (properties) => this.renderProperties(properties),
    });
  }
}
