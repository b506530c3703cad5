import { type Acknowledgment } from 'aws-cdk-lib';

/** The rule packs of cdk-nag, as they name themselves. */
export const HIPAA = 'HIPAA.Security';
export const NIST_R4 = 'NIST.800.53.R4';
export const NIST_R5 = 'NIST.800.53.R5';
export const PCI = 'PCI.DSS.321';
export const SERVERLESS = 'Serverless';
export const AWS_SOLUTIONS = 'AwsSolutions';

/** What the packs say of a resource where it does not apply, and why. */
export function inPacks(packs: readonly string[], rule: string, reason: string): Acknowledgment[] {
  return packs.map((pack) => ({ id: `${pack}::${pack}-${rule}`, reason }));
}
