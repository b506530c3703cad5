import { type IncomingRequest } from '../exchange';
import { stageIn } from '../local-api';
import { type Mapped } from '../mapped';

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
  mapped?: Mapped,
): ChosenStage | undefined {
  const names = new Set(stages);
  const { stage, prefix } = stageIn(target, mapped);
  if (mapped?.stage !== undefined) return names.has(stage) ? { stage, prefix } : undefined;
  if (stage !== '$default' && names.has(stage)) return { stage, prefix };
  return names.has('$default') ? { stage: '$default', prefix: mapped?.basePath ?? '' } : undefined;
}
