import { type Location } from '../template/model/place';
import { BackendError } from './backends';
import { misconfigured, Refusal } from './refusal';

/**
 * Runs the call of a back end.
 *
 * @param failure the message for clients if the back end cannot be reached
 * @throws Refusal if there is no answer
 */
export async function guarded<T>(because: readonly Location[], run: () => Promise<T>, failure?: string): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    if (error.kind === 'timeout') throw new Refusal('INTEGRATION_TIMEOUT', { reason: error.message, because });
    if (error.kind === 'refused') throw misconfigured(error.message, because);
    throw new Refusal('INTEGRATION_FAILURE', {
      ...{ reason: error.message, because },
      ...(failure === undefined ? {} : { message: failure }),
    });
  }
}
