import { Validations } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type OpenApiWarning } from './report';

/** What a document comes to. */
export interface OpenApiRoutes<Props> {
  /** Those of a gateway with the operations as its routes. */
  readonly props: Props;
  /** What has been changed so that API Gateway takes it. */
  readonly warnings: readonly OpenApiWarning[];
}

/** Makes the gateway of a document, and says on it what had to be repaired. */
export function fromOpenApi<Props, T extends Construct>(
  { props, warnings }: OpenApiRoutes<Props>,
  create: (props: Props) => T,
): T {
  const gateway = create(props);
  for (const { id, message } of warnings) Validations.of(gateway).addWarning(id, message);
  return gateway;
}
