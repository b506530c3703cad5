import { suggest } from '../lookup/nearest';
import { type Owner } from '../authoring/errors';
import { GatewayApiKeySource } from './api-key-source';
import { type UsagePlanDefinition } from './usage-plan';

/** The settings of a gateway that concern keys. */
export interface ApiKeySettings {
  readonly apiKeySource?: GatewayApiKeySource;
  /** The reason why the gateway does not create the plans. */
  readonly usagePlansElsewhere?: string;
}

/** The data of a route that concerns keys. */
export interface KeyedRoute {
  readonly key: string;
  readonly apiKeyRequired: boolean;
  /** Whether its authorizer is a function, which can return a key. */
  readonly hasFunction: boolean;
}

/** Checks plans, stages and routes against each other, once all routes exist; returns the errors. */
export function checkUsagePlans(
  owner: Owner,
  settings: ApiKeySettings,
  plans: readonly UsagePlanDefinition[],
  stageKeys: readonly string[],
  routes: readonly KeyedRoute[],
): string[] {
  const errors: string[] = [];
  const report = (where: Owner, message: string) => errors.push(where.error(message).message);
  const keys = routes.map(({ key }) => key);
  const required = routes.find(({ apiKeyRequired }) => apiKeyRequired);

  for (const plan of plans) {
    const where = owner.part(`usage plan "${plan.name}"`);
    for (const key of Object.keys(plan.routes)) {
      const route = routes.find((candidate) => candidate.key === key);
      if (!route) report(where, `routes has "${key}", which is not a route of the gateway.${suggest(key, keys)}`);
      else if (!route.apiKeyRequired)
        report(
          where,
          `routes["${key}"] has no effect, because the route requires no key; set apiKeyRequired: true on it`,
        );
    }
  }
  if (!required && routes.length > 0) {
    for (const { name } of plans) {
      report(
        owner.part(`usage plan "${name}"`),
        'has no effect, because no route requires a key; set apiKeyRequired: true on routes, or leave the plan out',
      );
    }
  }
  if (required && settings.usagePlansElsewhere === undefined) {
    const where = owner.part(`route "${required.key}"`);
    const without = stageKeys.filter((stage) => !plans.some(({ stages }) => stages.includes(stage)));
    if (plans.length === 0) {
      report(
        where,
        'requires an API key, but the gateway has no usage plan, so every call would get a 403 response; add one, e.g. ' +
          "usagePlans: { partner: { apiKeys: ['acme'] } }, or set usagePlansElsewhere to a reason if plans are created elsewhere",
      );
    } else if (without.length > 0) {
      report(
        where,
        `requires an API key, but no usage plan has ${without.length > 1 ? 'the stages' : 'stage'} ${without.map((stage) => `"${stage}"`).join(', ')}, ` +
          'where every call would get a 403 response; add a plan, or leave out stages of one of them',
      );
    }
  }
  if (settings.apiKeySource === GatewayApiKeySource.AUTHORIZER) {
    for (const { key, apiKeyRequired, hasFunction } of routes) {
      if (apiKeyRequired && !hasFunction) {
        report(
          owner.part(`route "${key}"`),
          'takes its API key from the authorizer (apiKeySource), but its authorizer is not a Lambda function that could return usageIdentifierKey; ' +
            'set a Lambda authorizer, or set apiKeySource: GatewayApiKeySource.HEADER',
        );
      }
    }
  }
  return errors;
}
