import { isKnown } from '../../template/model/value';
import { type RestApi } from '../../template/model/rest';
import { type StreamLimits } from '../exchange';

const MINUTE = 60_000;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
export function streamLimits({ endpointTypes }: Pick<RestApi, 'endpointTypes'>): StreamLimits {
  // An API that says nothing is edge-optimized.
  const isEdge = isKnown(endpointTypes) && (endpointTypes.length === 0 || endpointTypes.includes('EDGE'));
  return { idleMs: isEdge ? MINUTE / 2 : 5 * MINUTE, totalMs: 15 * MINUTE };
}
