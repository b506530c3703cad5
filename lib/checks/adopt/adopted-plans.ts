import { resourceKey } from '../../template/model/place';
import { put } from '../../lookup/named';
import { type Resolved } from '../../template/model/resolved';
import { type PlainResource } from '../../template/reader/plain-resources';
import { type NotKept } from './not-kept';
import { planLimits } from './plan-limits';
import { type PropText, quoted } from './prop-text';
import { nameOfResource, type Resources } from './resources';
import { literal, referencesOf } from './values';

type Ids = Record<string, string>;

/** The API keys and usage plans that are kept. */
interface PlanAdoption {
  readonly adopt: { readonly apiKeys: Ids; readonly usagePlans: Ids; readonly usagePlanKeys: Ids };
  readonly props: { readonly [name: string]: PropText };
  readonly statements: readonly string[];
  readonly notKept: readonly NotKept[];
}

/** @param stages keys of the stages of the API */
export function planAdoption(api: PlainResource, all: Resources, stages: ReadonlyMap<string, string>): PlanAdoption {
  const adopt = { apiKeys: {} as Ids, usagePlans: {} as Ids, usagePlanKeys: {} as Ids };
  const [plans, keys]: Record<string, PropText>[] = [{}, {}];
  const statements: string[] = [];
  const notKept: NotKept[] = [];
  const names = new Names();
  for (const plan of all.ofType('AWS::ApiGateway::UsagePlan')) {
    const apis = apisOf(plan);
    if (!apis.includes(resourceKey(api))) continue;
    if (apis.some((one) => one !== resourceKey(api))) {
      notKept.push(sharedPlan(plan));
      continue;
    }
    const name = names.of(plan);
    put(adopt.usagePlans, name, plan.logicalId);
    const members: string[] = [];
    for (const member of all.referring(plan, 'UsagePlanId', 'AWS::ApiGateway::UsagePlanKey')) {
      const key = all.target(member, 'KeyId');
      if (key?.type !== 'AWS::ApiGateway::ApiKey') {
        notKept.push(foreignKey(member));
        continue;
      }
      const keyName = names.of(key);
      members.push(keyName);
      put(adopt.usagePlanKeys, `${name}/${keyName}`, member.logicalId);
      if (Object.hasOwn(adopt.apiKeys, keyName)) continue;
      if (isOfOtherApis(key, api, all)) {
        put(keys, keyName, `GatewayApiKey.fromApiKeyId(/* of ${key.logicalId}, which stays as it is */ '')`);
        continue;
      }
      put(adopt.apiKeys, keyName, key.logicalId);
      const options = keyOptions(key);
      if (options !== '') put(keys, keyName, `GatewayApiKey.generated({ ${options} })`);
      statements.push(...overridesOf(key, keyName));
    }
    const planName = literal(plan.properties.UsagePlanName);
    put(plans, name, {
      ...(members.length > 0 ? { apiKeys: `[${members.map(quoted).join(', ')}]` } : {}),
      ...(planName !== undefined ? { usagePlanName: quoted(planName) } : {}),
      ...planLimits(plan, apiStages(plan)),
      ...(stages.size > 1 ? { stages: `[${stagesOf(plan, all, stages).map(quoted).join(', ')}]` } : {}),
    });
  }
  const props = Object.entries({ usagePlans: plans, apiKeys: keys }).filter(([, map]) => Object.keys(map).length > 0);
  return { adopt, props: Object.fromEntries(props), statements, notKept };
}

/** Whether a plan of another API has the key: one gateway cannot take it from the other. */
const isOfOtherApis = (key: PlainResource, api: PlainResource, all: Resources): boolean =>
  all.referring(key, 'KeyId', 'AWS::ApiGateway::UsagePlanKey').some((member) => {
    const plan = all.target(member, 'UsagePlanId');
    return plan !== undefined && apisOf(plan).some((one) => one !== resourceKey(api));
  });

/** A gateway enables its keys; CloudFormation does so only if the template says it. */
function keyOptions({ properties }: PlainResource): string {
  const name = literal(properties.Name);
  const enabled = properties.Enabled === undefined ? 'false' : (literal(properties.Enabled) ?? '/* as before */ true');
  return [
    ...(name === undefined ? [] : [`apiKeyName: ${quoted(name)}`]),
    ...(enabled === 'true' ? [] : [`enabled: ${enabled}`]),
  ].join(', ');
}

/** Properties that the gateway does not set, and whose change replaces the key. */
function overridesOf({ properties }: PlainResource, name: string): string[] {
  const resource = `gateway.cfnApiKey(${quoted(name)})`;
  return [
    ...(properties.GenerateDistinctId === undefined
      ? []
      : [`${resource}.generateDistinctId = ${literal(properties.GenerateDistinctId) ?? '/* as before */ true'};`]),
    ...(properties.Value === undefined ? [] : [`${resource}.value = /* exactly as before */ '';`]),
  ];
}

const apiStages = ({ properties }: PlainResource): readonly Resolved[] =>
  Array.isArray(properties.ApiStages) ? (properties.ApiStages as readonly Resolved[]) : [];
const apiIdOf = (stage: Resolved): Resolved | undefined => (stage as Readonly<Record<string, Resolved>> | null)?.ApiId;
const apisOf = (plan: PlainResource): string[] =>
  apiStages(plan).map((stage) => referencesOf(apiIdOf(stage)).map(resourceKey).join());

function stagesOf(plan: PlainResource, all: Resources, stages: ReadonlyMap<string, string>): string[] {
  return apiStages(plan).flatMap((stage) => {
    const named = all.nameIn((stage as Readonly<Record<string, Resolved>>).Stage);
    return [...stages.values()].filter((key) => key === named);
  });
}

const sharedPlan = ({ logicalId, type }: PlainResource): NotKept => ({
  logicalId,
  type,
  why: 'the plan has stages of several APIs, and a plan of a gateway has its own stages only',
  instead: 'keep the plan and its keys as they are, and set usagePlansElsewhere',
});

const foreignKey = ({ logicalId, type }: PlainResource): NotKept => ({
  logicalId,
  type,
  why: 'its key is not in the template',
  instead: 'name the key in the plan with GatewayApiKey.fromApiKeyId, and adopt this in usagePlanKeys',
});

/** Names of plans and keys, each once. */
class Names {
  private readonly known = new Map<string, string>();
  private readonly used = new Set<string>();

  public of(resource: PlainResource): string {
    const known = this.known.get(resourceKey(resource));
    if (known !== undefined) return known;
    const wanted = nameOfResource(resource).replaceAll('/', '-');
    const name = this.used.has(wanted) ? resource.logicalId : wanted;
    this.used.add(name);
    this.known.set(resourceKey(resource), name);
    return name;
  }
}
