import { type ApiKey, type UsagePlan } from '../../template/model/model';
import { sameResource } from '../../template/model/place';
import { isLiteral } from '../../template/model/text';
import { isKnown, knownOr, UNKNOWN } from '../../template/model/value';
import { always, breaking, element, harmless, limit, onOff, opening, uncertain } from '../rules';
import { type Shown, type Subject } from '../trait';
import { type Side } from './side';
import { LIMIT } from './throttles';

const QUOTA = limit(
  breaking('callers above it get 429 for the rest of the period'),
  harmless('more requests are let through'),
  opening('no quota is left'),
);
const PERIOD = always(uncertain('the quota is for another period'));
const STAGE = element(opening('the keys of the plan open it'), breaking('the keys of the plan do not open it'));
const KEY = element(opening('its callers are let in'), breaking('its callers are refused'));
const METHODS = always(uncertain('other limits of single methods'));

export function usagePlan(side: Side, plan: UsagePlan): Subject {
  const { name, location, apiStages, rateLimit, burstLimit, quota, keys = [] } = plan;
  const traits = side.of(location);
  traits.value('rate limit', rateLimit, LIMIT).value('burst limit', burstLimit, LIMIT);
  traits.value('quota', quota?.limit, QUOTA).value('quota period', quota?.period, PERIOD);
  if (apiStages === UNKNOWN) traits.list('stage', UNKNOWN, STAGE);
  else {
    const elements = apiStages.map(({ api, stage, stageName: written }): Shown => {
      const stageName = side.stageName(stage, written);
      const named = isKnown(api) ? nameOfApi(side, api) : undefined;
      const text = `${named ?? '(unknown)'}/${String(stageName ?? '')}`;
      const key = stageName === undefined ? '' : side.text(stageName, location).key;
      return { key: `${named ?? side.unknown(location).key}/${key}`, text, isSure: named !== undefined };
    });
    traits.add({ name: 'stage', rule: STAGE, elements, isDefault: elements.length === 0 });
    for (const [index, { throttles }] of apiStages.entries()) {
      for (const { key, rateLimit: rate, burstLimit: burst } of throttles) {
        const where = `of ${key} in ${elements[index].text}`;
        traits.value(`rate limit ${where}`, rate, LIMIT).value(`burst limit ${where}`, burst, LIMIT);
      }
    }
    if (apiStages.some(({ throttledMethods }) => throttledMethods === UNKNOWN)) {
      traits.add({ name: 'limits of methods', rule: METHODS, value: side.unknown(location) });
    }
  }
  const held = keys.map(({ apiKey, keyId, location: place }): Shown => {
    if (isKnown(apiKey)) return { key: apiKey.logicalId, text: apiKey.logicalId, isSure: true };
    return keyId === undefined ? side.unknown(place) : side.text(keyId, place);
  });
  traits.add({ name: 'key', rule: KEY, elements: held, isDefault: held.length === 0 });
  return {
    kind: 'usage plan',
    key: knownOr(name, location.logicalId),
    label: knownOr(name, location.logicalId),
    location,
    traits: traits.all,
    added: harmless('new'),
    removed: breaking('its keys open nothing'),
  };
}

function nameOfApi({ model }: Side, ref: { readonly template: string; readonly logicalId: string }): string {
  const api = [...model.restApis, ...model.webSocketApis].find(({ location }) => sameResource(location, ref));
  return api && isKnown(api.name) ? api.name : ref.logicalId;
}

/** @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-apigateway */
const ENABLED = onOff(opening('its callers are let in'), breaking('its callers are refused'));
const VALUE = always(breaking('callers must send the new key'));

export function apiKey(side: Side, { name, value, enabled, location }: ApiKey): Subject {
  const traits = side.of(location);
  // CloudFormation creates a key disabled if the template does not say; nearly all do, so only that is worth a line.
  traits.value('enabled', enabled ?? false, ENABLED, true);
  // Keys are secrets, so what is shown is only that there is one.
  if (isKnown(value)) traits.add({ name: 'value', rule: VALUE, value: { key: value, text: '(set)', isSure: true } });
  const label = isKnown(name) && isLiteral(name) ? name : location.logicalId;
  return {
    kind: 'API key',
    key: location.logicalId,
    label,
    location,
    traits: traits.all,
    added: harmless('new'),
    removed: breaking('callers with it are refused'),
  };
}
