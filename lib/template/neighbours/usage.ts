import { type ApiKey, type ResourceRef, type UsagePlan, type UsagePlanStage } from '../model/model';
import { type StageKey } from '../model/neighbours';
import { Node } from '../reader/node';
import { resourceKey, sameResource } from '../model/place';
import { type App } from '../reader/scope';
import { isSameText, isUnknownText, type Text } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';

const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];
const STAGES = ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'];

/** A stage with its name, by which others refer to it. */
export interface NamedStage {
  readonly ref: ResourceRef;
  readonly api?: ResourceRef;
  readonly name?: Text;
}

/** Finds the stage that a name or a reference means, within an API. */
export class Stages {
  constructor(public readonly all: readonly NamedStage[]) {}

  public of(name: Node, api: Value<ResourceRef> | undefined): ResourceRef | undefined {
    const referred = name.resource(...STAGES);
    return referred !== undefined && referred !== UNKNOWN ? referred : this.named(name.text(), api);
  }

  public named(name: Text | undefined, api: Value<ResourceRef> | undefined): ResourceRef | undefined {
    if (name === undefined || isUnknownText(name) || api === undefined || api === UNKNOWN) {
      return undefined;
    }
    return this.all.find((one) => isSameText(one.name, name) && one.api && sameResource(one.api, api))?.ref;
  }
}

export function readUsagePlans(app: App, stages: Stages): UsagePlan[] {
  const keys = new Map<string, Node[]>();
  const result: UsagePlan[] = [];
  for (const { scope, logicalId } of app.ofType('AWS::ApiGateway::UsagePlanKey')) {
    const node = Node.properties(scope, logicalId);
    const plan = node.get('UsagePlanId').reference();
    const key = plan ? resourceKey(plan) : '';
    keys.set(key, [...(keys.get(key) ?? []), node]);
  }
  for (const { scope, logicalId } of app.ofType('AWS::ApiGateway::UsagePlan')) {
    const node = Node.properties(scope, logicalId);
    const items = node.get('ApiStages').items();
    const quota = node.get('Quota');
    result.push({
      location: node.location,
      name: node.get('UsagePlanName').string(),
      apiStages: items === UNKNOWN ? UNKNOWN : items.map((item) => apiStage(item, stages)),
      throttle: !node.get('Throttle').isAbsent,
      rateLimit: node.get('Throttle').get('RateLimit').number(),
      burstLimit: node.get('Throttle').get('BurstLimit').number(),
      ...(!quota.isAbsent && {
        quota: {
          limit: quota.get('Limit').number(),
          period: quota.get('Period').string(),
          offset: quota.get('Offset').number(),
        },
      }),
      keys: (keys.get(resourceKey(node.location)) ?? []).map((key) => ({
        location: key.location,
        apiKey: key.get('KeyId').resource('AWS::ApiGateway::ApiKey'),
        keyId: key.get('KeyId').text(),
        keyType: key.get('KeyType').string(),
      })),
    });
  }
  return result;
}

function apiStage(node: Node, stages: Stages): UsagePlanStage {
  const api = node.get('ApiId').resource(...APIS) ?? UNKNOWN;
  const throttle = node.get('Throttle');
  return {
    api,
    stageName: node.get('Stage').text(),
    stage: stages.of(node.get('Stage'), api),
    throttles: throttle.entries().map((entry) => ({
      key: entry.name,
      rateLimit: entry.get('RateLimit').number(),
      burstLimit: entry.get('BurstLimit').number(),
    })),
    throttledMethods: throttle.isObject ? throttle.entries().length : throttle.isAbsent ? 0 : UNKNOWN,
  };
}

export function readApiKeys(app: App, stages: Stages): ApiKey[] {
  return [...app.ofType('AWS::ApiGateway::ApiKey')].map(({ scope, logicalId }) => {
    const node = Node.properties(scope, logicalId);
    const stageKeys = node.get('StageKeys').items();
    return {
      location: node.location,
      name: node.get('Name').string(),
      value: node.get('Value').string(),
      enabled: node.get('Enabled').bool(),
      customerId: node.get('CustomerId').string(),
      generateDistinctId: node.get('GenerateDistinctId').bool(),
      stageKeys: stageKeys === UNKNOWN ? UNKNOWN : stageKeys.map((key) => stageKey(key, stages)),
    };
  });
}

function stageKey(node: Node, stages: Stages): StageKey {
  const api = node.get('RestApiId').resource(...APIS) ?? UNKNOWN;
  const name = node.get('StageName');
  return { api, stageName: name.text(), stage: stages.of(name, api) };
}
