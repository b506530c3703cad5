import { Token } from 'aws-cdk-lib';
import { DefaultEndpoint } from '../domain/default-endpoint';
import { type CorsDefinition, defineCors } from '../gateway/cors';
import { type Owner, show } from '../authoring/errors';
import { type HttpGatewayProps } from './gateway-props';

/** The settings of an HTTP API that are the same on every stage, with every default filled in. */
export interface HttpApiSettings {
  readonly name: string;
  readonly description?: string;
  readonly ipAddressType?: string;
  readonly defaultEndpoint: DefaultEndpoint;
  readonly cors?: CorsDefinition;
}

/** @throws if they contradict each other, or HTTP APIs do not support one */
export function defineSettings(id: string, props: HttpGatewayProps, owner: Owner): HttpApiSettings {
  const name = props.apiName ?? id;
  if (!Token.isUnresolved(name) && !/^.{1,128}$/.test(name)) {
    throw owner.error(`apiName must be 1 to 128 characters, got: ${show(name)}`);
  }
  return {
    name,
    description: props.description,
    ipAddressType: props.ipAddressType,
    defaultEndpoint: new DefaultEndpoint(props.disableExecuteApiEndpoint),
    cors: props.cors && defineCors(props.cors, 'http', owner),
  };
}
