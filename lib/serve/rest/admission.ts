import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { checkLimits } from '../throttle';
import { valueOfHeader } from '../multi-values';
import { type CompiledMethod } from './compile';
import { type RequestContext } from '../context';
import { type RestStage } from './stage';
import { type RestRequest } from './request';

/** A request that asks to be let in. */
export interface Admission {
  readonly stage: RestStage;
  readonly request: RestRequest;
  readonly context: RequestContext;
  readonly method: CompiledMethod;
  readonly methodArn: string;
  /** The key that an authorizer chose. */
  readonly chosenKey: string | undefined;
}

type Tell = (told: Told) => void;

const KEY_REFUSALS = { unknownKey: 'INVALID_API_KEY', throttled: 'THROTTLED', quota: 'QUOTA_EXCEEDED' } as const;

/** Requires the API key, and counts the request. @throws Refusal */
export function checkKey({ stage, request, context, method, chosenKey }: Admission, tell: Tell): void {
  if (!method.apiKeyRequired) return;
  const value = stage.keyFromAuthorizer ? chosenKey : valueOfHeader(request.headers, 'x-api-key');
  const verdict = stage.usage.use(value, `${method.path}/${method.httpMethod}`);
  if (verdict.kind !== 'ok') {
    const because = [verdict.plan?.location ?? method.source.location];
    throw new Refusal(KEY_REFUSALS[verdict.kind], { reason: verdict.reason, because });
  }
  context.identity.apiKey = verdict.key.value;
  context.identity.apiKeyId = verdict.key.id;
  const left = verdict.remaining === undefined ? '' : `; ${verdict.remaining} requests are left`;
  tell({ note: `The API key ${verdict.key.id}${left}`, because: method.because });
}

/** The throttle of the stage, or of the method. @throws Refusal */
export function checkThrottle({ stage: { settings, buckets }, method }: Admission, tell: Tell): void {
  checkLimits(buckets, `${method.path}/${method.httpMethod}`, settings.found(method, 'throttlingRateLimit'), tell);
}
