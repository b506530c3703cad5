import { type InjectionContext, Validations } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { complete, type Injectable, injected } from '../authoring/injection';
import { type OpenApiWarning } from './report';

/** The result for a document. */
export interface OpenApiRoutes<Props> {
  /** The props of a gateway with the operations as its routes. */
  readonly props: Props;
  /** The changes that were made for API Gateway. */
  readonly warnings: readonly OpenApiWarning[];
}

/** A class of gateways. */
interface GatewayClass<Props, T> extends Injectable {
  new (scope: Construct, id: string, props: Props): T;
}

/**
 * Makes the gateway of a document, and says on it what had to be repaired. What property injectors add is part of what the
 * document is read with, and is not added again.
 */
export function fromOpenApi<Given, Props extends object, T extends Construct>(
  type: GatewayClass<Props, T>,
  { scope, id }: InjectionContext,
  routesOf: (id: string, props: Given) => OpenApiRoutes<Props>,
  given: Given,
): T {
  const { props, warnings } = routesOf(id, injected(type, { scope, id }, given));
  const gateway = new type(scope, id, complete(props));
  for (const { id: warning, message } of warnings) Validations.of(gateway).addWarning(warning, message);
  return gateway;
}
