import { type IncomingRequest } from '../exchange';
import { firstSegment } from '../local-api';

/** The stage that handles a request, and its part of the path. */
export interface ChosenStage {
  readonly stage: string;
  /** `/live`; empty for `$default`. */
  readonly prefix: string;
}

/**
 * The stage by the first part of the path, otherwise `$default`; undefined if there is neither.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function chosenStage(
  stages: Iterable<string>,
  { target }: Pick<IncomingRequest, 'target'>,
): ChosenStage | undefined {
  const names = new Set(stages);
  const { written, decoded } = firstSegment(target);
  if (decoded !== '$default' && names.has(decoded)) return { stage: decoded, prefix: `/${written}` };
  return names.has('$default') ? { stage: '$default', prefix: '' } : undefined;
}
