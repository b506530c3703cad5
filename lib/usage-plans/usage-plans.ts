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

/** The usage plans of a gateway and their keys; all ids are derived from names. */
export class UsagePlans {
  private readonly plans = new Map<
    string,
    { readonly definition: UsagePlanDefinition; readonly resource: CfnUsagePlan }
  >();
  /** Name → id of the key. */
  private readonly keys = new Map<string, string>();
  private readonly owner: Owner;

  constructor(
    private readonly scope: Construct,
    props: GivenUsagePlans,
    private readonly context: UsagePlansContext,
  ) {
    this.owner = context.owner;
    const stageKeys = Object.keys(context.stages);
    const definitions = Object.entries(props.usagePlans ?? {}).map(([name, options]) => {
      this.checkName('usage plan', name);
      const owner = this.owner.part(`usage plan "${name}"`);
      if (options.routes && !context.throttleKey) {
        throw owner.error(
          'routes: plans can limit single routes only on REST APIs; set a throttle on the route, which all clients share',
        );
      }
      return defineUsagePlan(name, options, stageKeys, owner);
    });
    this.checkKeys(definitions);
    const declared = props.apiKeys ?? {};
    const used = definitions.flatMap(({ apiKeys }) => apiKeys);
    for (const name of [...new Set([...Object.keys(declared), ...used])].sort())
      this.addKey(name, declared[name] ?? GatewayApiKey.generated());
    for (const definition of definitions)
      this.plans.set(definition.name, { definition, resource: this.addPlan(definition) });
    this.joinKeys();
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

  private addKey(name: string, key: GatewayApiKey): void {
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

  private addPlan({ name, options, stages, routes }: UsagePlanDefinition): CfnUsagePlan {
    const { apiId, throttleKey } = this.context;
    const throttle = Object.fromEntries(
      Object.entries(routes).map(([route, { rateLimit, burstLimit }]) => {
        return [throttleKey?.(route) ?? route, { rateLimit, burstLimit }];
      }),
    );
    return new CfnUsagePlan(this.scope, `UsagePlan-${name}`, {
      usagePlanName: options.usagePlanName,
      description: options.description,
      throttle: options.throttle,
      quota: options.quota,
      apiStages: stages.map((stage) => ({
        apiId,
        stage: this.context.stages[stage].resource.ref,
        ...(Object.keys(throttle).length > 0 ? { throttle } : {}),
      })),
      tags: tags(options.tags),
    });
  }

  /** Created one after the other: API Gateway responds with 409 if keys are added to plans at the same time. */
  private joinKeys(): void {
    const plans = [...this.plans.values()].sort((a, b) => (a.definition.name < b.definition.name ? -1 : 1));
    let previous: CfnUsagePlanKey | undefined;
    for (const { definition, resource } of plans) {
      for (const key of definition.apiKeys) {
        const joined = new CfnUsagePlanKey(this.scope, `UsagePlanKey-${definition.name}-${key}`, {
          usagePlanId: resource.ref,
          keyId: this.keys.get(key) as string,
          keyType: 'API_KEY',
        });
        if (previous) joined.addResourceDependency(previous);
        previous = joined;
      }
    }
  }
}

function tags(given: { readonly [key: string]: string } = {}): CfnTag[] | undefined {
  const all = Object.entries(given).map(([key, value]) => ({ key, value }));
  return all.length > 0 ? all : undefined;
}
