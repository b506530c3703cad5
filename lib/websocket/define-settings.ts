import { Token } from 'aws-cdk-lib';
import { DefaultEndpoint } from '../domain/default-endpoint';
import { type Owner, show } from '../authoring/errors';
import { type WebSocketGatewayProps } from './gateway-props';
import { isBodyExpression } from './request';
import { type WebSocketApiSettings } from './settings';

/** The stage-independent settings. @throws if one belongs to another kind of gateway, or contradicts another */
export function defineSettings(id: string, props: WebSocketGatewayProps, owner: Owner): WebSocketApiSettings {
  return {
    name: props.apiName ?? id,
    description: props.description,
    ipAddressType: props.ipAddressType,
    routeSelectionExpression: selection(props.routeSelectionExpression ?? '$request.body.action', owner),
    defaultEndpoint: new DefaultEndpoint(props.disableExecuteApiEndpoint),
    disableSchemaValidation: props.disableSchemaValidation,
    apiKeySource: props.apiKeySource,
    usagePlansElsewhere: reasonOf(props, owner),
  };
}

function reasonOf({ usagePlansElsewhere: reason }: WebSocketGatewayProps, owner: Owner): string | undefined {
  if (reason?.trim() === '') {
    throw owner.error('usagePlansElsewhere is empty; name what creates the usage plans, e.g. "the developer portal"');
  }
  return reason;
}

function selection(expression: string, owner: Owner): string {
  if (Token.isUnresolved(expression) || isBodyExpression(expression)) return expression;
  throw owner.error(
    `routeSelectionExpression ${show(expression)} gives no route key: it must be made of the message, e.g. "$request.body.action", ` +
      'or of several parts of it, "${request.body.service}/${request.body.action}"',
  );
}
