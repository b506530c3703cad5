import { readPreviousAssembly } from '../template/reader/previous';
import { type TemplateSource } from '../template/reader/source';

/** The folder that `cdk synth` has its app write to. */
const OUTDIR = 'CDK_OUTDIR';

/**
 * The templates of an earlier assembly, read before a synth overwrites them.
 * @throws where a folder is given that is none
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
    // Nobody asked for it: the first synth has none, and one that was broken off left half of one.
    return [];
  }
}
