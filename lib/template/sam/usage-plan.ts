import { type Expansion, type SamResource, within } from './expansion';
import { CANNOT_TELL, dict, given, isIntrinsic, type Json, list, ref } from './json';

const SETTINGS = ['UsagePlanName', 'Description', 'Quota', 'Tags', 'Throttle'];
const PLAN = 'AWS::ApiGateway::UsagePlan';

/** `Auth.UsagePlan`: a plan with one key, of this API alone or of all that share it. */
export function addUsagePlan(expansion: Expansion, resource: SamResource, stage: string): void {
  const written = dict(resource.properties.Auth)?.UsagePlan;
  const settings = dict(written);
  const how = expansion.told(settings?.CreateUsagePlan);
  if (isIntrinsic(resource.properties.Auth) || isIntrinsic(written) || isIntrinsic(how)) {
    hidePlan(expansion, resource);
    return;
  }
  if (!settings || (how !== 'PER_API' && how !== 'SHARED')) {
    return;
  }
  const api = { ApiId: ref(resource.logicalId), Stage: ref(stage) };
  const stageKey = { RestApiId: ref(resource.logicalId), StageName: ref(stage) };
  const prefix = how === 'SHARED' ? 'Serverless' : resource.logicalId;
  const [plan, key, planKey] = ['UsagePlan', 'ApiKey', 'UsagePlanKey'].map((name) => `${prefix}${name}`);
  const place = within(resource, 'Auth', 'UsagePlan');
  const known = how === 'SHARED' ? expansion.made(plan) : undefined;
  if (known?.Type === PLAN) {
    // The last of the APIs that share it says what it is.
    const properties = known.Properties as Json;
    properties.ApiStages = [...list(properties.ApiStages), api];
    Object.assign(properties, settingsOf(settings));
    const shared = dict(expansion.made(key)?.Properties);
    if (shared) shared.StageKeys = [...list(shared.StageKeys), stageKey];
  } else {
    expansion.add(plan, PLAN, { ApiStages: [api], ...settingsOf(settings) }, resource, { place });
    expansion.add(key, 'AWS::ApiGateway::ApiKey', { Enabled: true, StageKeys: [stageKey] }, resource, { place });
    const inPlan = { KeyId: ref(key), KeyType: 'API_KEY', UsagePlanId: ref(plan) };
    expansion.add(planKey, 'AWS::ApiGateway::UsagePlanKey', inPlan, resource, { place });
  }
  for (const [name, id] of Object.entries({ UsagePlan: plan, ApiKey: key, UsagePlanKey: planKey })) {
    expansion.references.set(`${resource.logicalId}.${name}`, id);
  }
}

/** A plan of which nothing is known: it may be there, and be for this stage. */
function hidePlan(expansion: Expansion, resource: SamResource): void {
  const hidden = ['ApiStages', ...SETTINGS].map((name) => [name, CANNOT_TELL] as const);
  const place = within(resource, 'Auth');
  expansion.add(`${resource.logicalId}UsagePlan`, PLAN, Object.fromEntries(hidden), resource, { place });
}

const settingsOf = (settings: Json): Json =>
  Object.fromEntries(
    SETTINGS.map((name) => [name, settings[name]]).filter(([, value]) => given(value) !== undefined),
  ) as Json;
