import { Validations } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type OpenApiWarning } from './report';

/** The result for a document. */
export interface OpenApiRoutes<Props> {
  /** The props of a gateway with the operations as its routes. */
  readonly props: Props;
  /** The changes that were made for API Gateway. */
  readonly warnings: readonly OpenApiWarning[];
}

/** Creates the gateway of a document, and adds a warning to it for each kind of repair. */
export function fromOpenApi<Props, T extends Construct>(
  { props, warnings }: OpenApiRoutes<Props>,
  create: (props: Props) => T,
): T {
  const gateway = create(props);
  for (const { id, message } of warnings) Validations.of(gateway).addWarning(id, message);
  return gateway;
}
