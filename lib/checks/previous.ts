import { readPreviousAssembly } from '../template/reader/previous';
import { type TemplateSource } from '../template/reader/source';

/** The folder to which `cdk synth` lets its app write. */
const OUTDIR = 'CDK_OUTDIR';

/**
 * The templates of an earlier assembly, read before a synth overwrites them.
 * @throws if a given folder is not one
 */
export function previousTemplates(given: string | undefined): TemplateSource[] {
  if (given !== undefined) {
    try {
      return readPreviousAssembly(given);
    } catch (error) {
      throw new Error(`ApiGatewayChecks: previousAssembly: ${(error as Error).message}`, { cause: error });
    }
  }
  const folder = process.env[OUTDIR];
  try {
    return folder === undefined ? [] : readPreviousAssembly(folder);
  } catch {
    // The default: the first synth has none, and an aborted one left only a part.
    return [];
  }
}
