import { isKnown } from '../../template/model/value';
import { type JsonObject } from '../json';
import { mappedValues, type MappingSources } from '../mapping/mappings';
import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { type CompiledRoute } from './compile';
import { selectEntry } from './routes';
import { type WebSocketStage } from './stage';
import { type Message, variableReader, type VariableSources } from './variables';

type Tell = (told: Told) => void;

const KEY_REFUSALS = { unknownKey: 'INVALID_API_KEY', throttled: 'THROTTLED', quota: 'QUOTA_EXCEEDED' } as const;

/** Asks a handshake for the API key, and counts it. @returns what `$context.identity` gets. @throws Refusal */
export function checkKey(
  stage: WebSocketStage,
  route: CompiledRoute,
  sources: VariableSources,
  chosenKey: string | undefined,
  tell: Tell,
): JsonObject {
  if (!route.apiKeyRequired) return {};
  const isChosen = stage.keyExpression.variables.includes('context.authorizer.usageIdentifierKey');
  const value = isChosen ? chosenKey : stage.keyExpression.evaluate(variableReader(sources)) || undefined;
  const verdict = stage.usage.use(value, route.key);
  if (verdict.kind !== 'ok') {
    const because = [verdict.plan?.location ?? route.source.location];
    throw new Refusal(KEY_REFUSALS[verdict.kind], { reason: verdict.reason, because });
  }
  const { key, remaining } = verdict;
  const left = remaining === undefined ? '' : `; ${remaining} requests are left`;
  tell({ note: `The API key ${key.id}${left}`, because: [route.source.location] });
  return { apiKey: key.value, apiKeyId: key.id };
}

/** The throttle of the route, or that of all routes of the stage. @throws Refusal */
export function checkThrottle(stage: WebSocketStage, routeKey: string, tell: Tell): void {
  const settings = stage.throttleOf(routeKey);
  const rate = settings?.throttlingRateLimit;
  if (!settings || !isKnown(rate)) return;
  const burst = isKnown(settings.throttlingBurstLimit) ? settings.throttlingBurstLimit : Math.max(1, rate);
  const because = [settings.location];
  if (!stage.buckets.take(routeKey, rate, burst)) {
    throw new Refusal('THROTTLED', {
      reason: `The stage allows ${rate} requests per second, ${burst} at once`,
      because,
    });
  }
  tell({ note: `Within ${rate} requests per second`, because });
}

/** The headers and query parameters that a handshake must have. @throws Refusal */
export function checkParameters(route: CompiledRoute, sources: MappingSources, tell: Tell): void {
  if (route.required.length === 0) return;
  const because = [route.source.location];
  const missing = route.required.filter((name) => !mappedValues(name, sources).at(-1));
  if (missing.length === 0) {
    tell({ note: 'All required parameters are there', because });
    return;
  }
  const names = missing.map((name) => name.replace(/^route\.request\.\w+\./, ''));
  throw new Refusal('BAD_REQUEST_PARAMETERS', {
    reason: `Missing: ${missing.join(', ')}`,
    message: `Missing required request parameters: [${names.join(', ')}]`,
    because,
  });
}

/**
 * Checks a message by the model that the route's expression selects.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html
 * @throws Refusal
 */
export function checkMessage(
  { models }: WebSocketStage,
  route: CompiledRoute,
  message: Message,
  sources: VariableSources,
  tell: Tell,
): void {
  const { modelExpression, source } = route;
  if (!modelExpression) return;
  const because = [source.location];
  const refused = (reason: string, validation?: string): Refusal =>
    new Refusal('BAD_REQUEST_BODY', { reason, validation, message: 'Bad request body', because });
  const key = modelExpression.evaluate(variableReader(sources));
  const chosen = selectEntry(route.models, key);
  if (!chosen) throw refused(`${modelExpression.source} is ${JSON.stringify(key)}, and the route has no model for it`);
  const faults = models.validate(chosen.value, message.text);
  if (faults === undefined) {
    const why = models.fault(chosen.value) ?? 'it is not in the template';
    tell({ note: `The model ${chosen.value} cannot be used here: ${why}`, because });
    return;
  }
  const details = `[${faults.join(', ')}]`;
  if (faults.length > 0) throw refused(`The model ${chosen.value}: ${details}`, details);
  tell({ note: `The message fits the model ${chosen.value}`, because });
}
