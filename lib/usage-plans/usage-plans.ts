import { type CfnTag, Token } from 'aws-cdk-lib';
import {
  ApiKey,
  CfnApiKey,
  CfnUsagePlan,
  CfnUsagePlanKey,
  type IApiKey,
  type IUsagePlan,
  UsagePlan,
} from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { suggest } from '../lookup/nearest';
import { type Owner } from '../authoring/errors';
import { GatewayApiKey } from './api-key';
import { defineUsagePlan, type UsagePlanDefinition, type UsagePlanOptions } from './usage-plan';

/** The data from which the plans are created, in addition to their options. */
export interface UsagePlansContext {
  readonly apiId: string;
  /** Key of the `stages` map → stage. */
  readonly stages: Readonly<Record<string, { readonly resource: { readonly ref: string } }>>;
  /** The name of a route in a plan that limits it; undefined if a plan cannot. */
  readonly throttleKey?: (route: string) => string;
  readonly owner: Owner;
}

/** The plans and keys of a gateway. */
export interface GivenUsagePlans {
  readonly usagePlans?: { readonly [name: string]: UsagePlanOptions };
  readonly apiKeys?: { readonly [name: string]: GatewayApiKey };
}

/** A key in a plan, and which one it comes after. */
interface JoinedKey {
  readonly plan: string;
  readonly key: string;
  readonly resource: CfnUsagePlanKey;
  after?: CfnUsagePlanKey;
}

/** The usage plans of a gateway and their keys; all ids are made of names. */
export class UsagePlans {
  private readonly plans = new Map<
    string,
    { readonly definition: UsagePlanDefinition; readonly resource: CfnUsagePlan }
  >();
  /** Name → id of the key. */
  private readonly keys = new Map<string, string>();
  /** By id. */
  private readonly joined = new Map<string, JoinedKey>();
  private readonly owner: Owner;

  constructor(
    private readonly scope: Construct,
    props: GivenUsagePlans,
    private readonly context: UsagePlansContext,
  ) {
    this.owner = context.owner;
    const definitions = Object.entries(props.usagePlans ?? {}).map(([name, options]) => this.define(name, options));
    this.checkKeys(definitions);
    const declared = props.apiKeys ?? {};
    const used = definitions.flatMap(({ apiKeys }) => apiKeys);
    for (const name of [...new Set([...Object.keys(declared), ...used])].sort())
      this.createKey(name, declared[name] ?? GatewayApiKey.generated());
    for (const definition of definitions)
      this.plans.set(definition.name, { definition, resource: this.createPlan(definition) });
    this.joinKeys();
  }

  /** @throws if the plan exists already, or conflicts with another one */
  public addPlan(name: string, options: UsagePlanOptions): void {
    if (this.plans.has(name))
      throw this.owner.error(`has the usage plan "${name}" already; give this one another name`);
    const definition = this.define(name, options);
    this.checkKeys([...this.definitions, definition]);
    for (const key of definition.apiKeys) if (!this.keys.has(key)) this.createKey(key, GatewayApiKey.generated());
    this.plans.set(name, { definition, resource: this.createPlan(definition) });
    this.joinKeys();
  }

  /** @throws if the key is there already */
  public addKey(name: string, key: GatewayApiKey): void {
    if (this.keys.has(name)) {
      throw this.owner.error(
        `has the API key "${name}" already, declared or named by a plan, which generates it; add it before the plan, or give it another name`,
      );
    }
    this.createKey(name, key);
  }

  /** A stage came later: it is in the plans that are for all stages. */
  public addStage(): void {
    for (const [name, { definition, resource }] of this.plans) {
      if (definition.options.stages) continue;
      const redefined = this.define(name, definition.options);
      this.plans.set(name, { definition: redefined, resource });
      resource.apiStages = this.apiStagesOf(redefined);
    }
    this.checkKeys(this.definitions);
  }

  private define(name: string, options: UsagePlanOptions): UsagePlanDefinition {
    this.checkName('usage plan', name);
    const owner = this.owner.part(`usage plan "${name}"`);
    if (options.routes && !this.context.throttleKey) {
      throw owner.error(
        'routes: plans can limit single routes only on REST APIs; set a throttle on the route, which all clients share',
      );
    }
    return defineUsagePlan(name, options, Object.keys(this.context.stages), owner);
  }

  public get definitions(): readonly UsagePlanDefinition[] {
    return [...this.plans.values()].map(({ definition }) => definition);
  }

  public resourceOf(name: string): CfnUsagePlan {
    const plan = this.plans.get(name);
    if (!plan) throw this.owner.error(`has no usage plan "${name}".${suggest(name, [...this.plans.keys()])}`);
    return plan.resource;
  }

  public usagePlan(name: string): IUsagePlan {
    const id = `Import-UsagePlan-${name}`;
    const known = this.scope.node.tryFindChild(id) as IUsagePlan | undefined;
    return known ?? UsagePlan.fromUsagePlanId(this.scope, id, this.resourceOf(name).ref);
  }

  /** The id of a key. */
  public keyId(name: string): string {
    const keyId = this.keys.get(name);
    if (keyId === undefined) throw this.owner.error(`has no API key "${name}".${suggest(name, [...this.keys.keys()])}`);
    return keyId;
  }

  public apiKey(name: string): IApiKey {
    const keyId = this.keyId(name);
    const id = `Import-ApiKey-${name}`;
    const known = this.scope.node.tryFindChild(id) as IApiKey | undefined;
    return known ?? ApiKey.fromApiKeyId(this.scope, id, keyId);
  }

  private checkName(kind: string, name: string): void {
    // A token for a whole list of names can only be the whole list.
    if (Token.isUnresolved(name) || Token.isUnresolved([name])) {
      throw this.owner.error(
        `the name of ${kind === 'API key' ? 'an' : 'a'} ${kind} must be a literal, because ids are derived from it`,
      );
    }
    if (name.trim() === '' || name.includes('/')) {
      throw this.owner.error(
        `the name "${name}" of ${kind === 'API key' ? 'an' : 'a'} ${kind} must not be empty or contain "/", because ids are derived from it`,
      );
    }
  }

  private checkKeys(definitions: readonly UsagePlanDefinition[]): void {
    const planOf = new Map<string, string>();
    for (const { name, apiKeys, stages } of definitions) {
      for (const key of apiKeys) {
        for (const stage of stages) {
          const other = planOf.get(`${key}/${stage}`);
          if (other !== undefined) {
            throw this.owner.error(
              `the API key "${key}" is in the usage plans "${other}" and "${name}", which both have the stage "${stage}"; ` +
                'API Gateway accepts a key in only one plan for each stage. Use different stages for the plans, or a second key for the caller',
            );
          }
          planOf.set(`${key}/${stage}`, name);
        }
      }
    }
  }

  private createKey(name: string, key: GatewayApiKey): void {
    this.checkName('API key', name);
    const { existingId, secret, field, options } = key._definition;
    if (existingId !== undefined) {
      this.keys.set(name, existingId);
      return;
    }
    const value = field === undefined ? secret?.secretValue : secret?.secretValueFromJson(field);
    const resource = new CfnApiKey(this.scope, `ApiKey-${name}`, {
      name: options.apiKeyName,
      description: options.description,
      enabled: options.enabled ?? true,
      customerId: options.customerId,
      // A `{{resolve:secretsmanager:…}}` reference, which CloudFormation resolves; not the value.
      value: value?.unsafeUnwrap(),
      tags: tags(options.tags),
    });
    this.keys.set(name, resource.ref);
  }

  private createPlan(definition: UsagePlanDefinition): CfnUsagePlan {
    const { name, options } = definition;
    return new CfnUsagePlan(this.scope, `UsagePlan-${name}`, {
      usagePlanName: options.usagePlanName,
      description: options.description,
      throttle: options.throttle,
      quota: options.quota,
      apiStages: this.apiStagesOf(definition),
      tags: tags(options.tags),
    });
  }

  private apiStagesOf({ stages, routes }: UsagePlanDefinition): CfnUsagePlan.ApiStageProperty[] {
    const { apiId, throttleKey } = this.context;
    const throttle = Object.fromEntries(
      Object.entries(routes).map(([route, { rateLimit, burstLimit }]) => {
        return [throttleKey?.(route) ?? route, { rateLimit, burstLimit }];
      }),
    );
    return stages.map((stage) => ({
      apiId,
      stage: this.context.stages[stage].resource.ref,
      ...(Object.keys(throttle).length > 0 ? { throttle } : {}),
    }));
  }

  /** Created one after the other: API Gateway responds with 409 if keys are added to plans at the same time. */
  private joinKeys(): void {
    for (const { definition, resource } of this.plans.values()) {
      for (const key of definition.apiKeys) {
        const id = `UsagePlanKey-${definition.name}-${key}`;
        if (this.joined.has(id)) continue;
        const keyId = this.keys.get(key) as string;
        const joined = new CfnUsagePlanKey(this.scope, id, { usagePlanId: resource.ref, keyId, keyType: 'API_KEY' });
        this.joined.set(id, { plan: definition.name, key, resource: joined });
      }
    }
    const inOrder = [...this.joined.values()].sort((a, b) => compare(a.plan, b.plan) || compare(a.key, b.key));
    inOrder.forEach((one, index) => {
      const after = index > 0 ? inOrder[index - 1].resource : undefined;
      if (one.after === after) return;
      // One that came later may stand between two that were there.
      if (one.after) one.resource.removeResourceDependency(one.after);
      if (after) one.resource.addResourceDependency(after);
      one.after = after;
    });
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function tags(given: { readonly [key: string]: string } = {}): CfnTag[] | undefined {
  const all = Object.entries(given).map(([key, value]) => ({ key, value }));
  return all.length > 0 ? all : undefined;
}
