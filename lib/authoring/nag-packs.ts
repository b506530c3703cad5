import { type Acknowledgment } from 'aws-cdk-lib';

/** The rule packs of cdk-nag, by their own names. */
export const HIPAA = 'HIPAA.Security';
export const NIST_R4 = 'NIST.800.53.R4';
export const NIST_R5 = 'NIST.800.53.R5';
export const PCI = 'PCI.DSS.321';
export const SERVERLESS = 'Serverless';
export const AWS_SOLUTIONS = 'AwsSolutions';

/** Acknowledgements of a rule of these packs that does not apply to a resource, with the reason. */
export function inPacks(packs: readonly string[], rule: string, reason: string): Acknowledgment[] {
  return packs.map((pack) => ({ id: `${pack}::${pack}-${rule}`, reason }));
}
