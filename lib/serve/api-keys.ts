import { type ApiModel, type UsagePlan } from '../template/model/model';
import { type Located, type ResourceRef, sameResource } from '../template/model/place';
import { isKnown, knownOr } from '../template/model/value';
import { localNames } from './local-names';

/** An API key of the templates, with the value that it has here. */
export interface LocalApiKey extends Located {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Whether the value is one of here, since no template has it. */
  readonly isLocal: boolean;
  readonly enabled: boolean;
}

export function localApiKeys(model: ApiModel): LocalApiKey[] {
  const nameOf = localNames(model);
  return model.apiKeys.map(({ location, name, value, enabled }) => {
    const id = nameOf(location);
    // A reference to a secret is not a value.
    const isLiteral = isKnown(value) && value !== undefined && !value.includes('{{resolve:');
    return {
      // Without the property, CloudFormation creates it disabled.
      enabled: enabled !== undefined && knownOr(enabled, true),
      ...{ location, id, name: isKnown(name) && name !== undefined ? name : id },
      ...{ value: isLiteral ? value : localKey(id), isLocal: !isLiteral },
    };
  });
}

/** The keys that a usage plan of the API has. */
export function apiKeysOf(model: ApiModel, api: ResourceRef): LocalApiKey[] {
  const plans = model.usagePlans.filter((plan) =>
    knownOr(plan.apiStages, []).some(
      (stage) => isKnown(stage.api) && stage.api !== undefined && sameResource(stage.api, api),
    ),
  );
  return localApiKeys(model).filter(({ location }) => plans.some((plan) => holds(plan, location)));
}

export const holds = (plan: UsagePlan, key: ResourceRef): boolean =>
  (plan.keys ?? []).some(({ apiKey }) => isKnown(apiKey) && apiKey !== undefined && sameResource(apiKey, key));

/** The value here of a key that the service generates, or that is in no template. */
export const localKey = (id: string): string => `local-key-of-${id}`;
