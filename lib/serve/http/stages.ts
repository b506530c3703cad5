import { type Answer, type IncomingRequest } from '../exchange';

/** The stage that answers a request, and what stands for it in the path. */
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
  const [first] = target.replace(/^\/+/, '').split(/[/?]/);
  if (first !== '$default' && names.has(first)) return { stage: first, prefix: `/${first}` };
  return names.has('$default') ? { stage: '$default', prefix: '' } : undefined;
}

/** The answer of an HTTP API that has no stage for a request. */
export const noStage = (): Answer => ({
  status: 404,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"message":"Not Found"}'),
});
