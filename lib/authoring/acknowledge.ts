import { type Acknowledgment, type CfnResource } from 'aws-cdk-lib';
import { ACKNOWLEDGED_RULES } from '../checks/acknowledgements';
import { put } from '../lookup/named';

/**
 * Records on the resource which findings are acknowledged, and why. `Validations.acknowledge` writes the same; it records a stack
 * trace for each, which here would be of this file.
 */
export function acknowledge(resource: CfnResource, ...answers: readonly Acknowledgment[]): void {
  const reasons: Record<string, string> = {};
  for (const { id, reason } of answers) put(reasons, id.replaceAll(' ', '-'), reason);
  if (answers.length > 0) resource.node.addMetadata(ACKNOWLEDGED_RULES, reasons);
}
