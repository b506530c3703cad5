import { Validations } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type RestGatewayProps } from '../gateway-props';
import { type RestOpenApiProps } from './props';
import { routesOf } from './routes';

/** Makes the gateway of a document, and says on it what had to be repaired. */
export function fromOpenApi<T extends Construct>(
  id: string,
  props: RestOpenApiProps,
  create: (props: RestGatewayProps) => T,
): T {
  const { props: own, warnings } = routesOf(id, props);
  const gateway = create(own);
  for (const warning of warnings) Validations.of(gateway).addWarning(warning.id, warning.message);
  return gateway;
}
