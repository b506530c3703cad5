import { withoutLoops } from '../reader/loops';
import { type Location } from '../model/place';
import { type RepeatedEvent } from '../model/sam';
import { type CfnTemplate, type TemplateSource } from '../reader/source';
import { type ApiDraft, draftsOf, HTTP, REST } from './apis';
import { expandConnectors } from './connectors';
import { type ApiEvent, apiIdOf, eventsOf, hidesEvents, isTold, PERMISSION, type Target } from './events';
import { Expansion, type SamResource } from './expansion';
import { expandFunction, expandLayer } from './functions';
import { expandHttpApi } from './http-api';
import { addHttpEvent, routeOfHttp } from './http-events';
import { CANNOT_TELL, given, isJson, ref } from './json';
import { withReferences } from './references';
import { expandRestApi } from './rest-api';
import { addRestEvent, announceRestEvent } from './rest-events';
import { addStateMachineEvent, expandStateMachine } from './state-machines';
import { expandWebSocketApi } from './websocket-api';

const TRANSFORM = 'AWS::Serverless-2016-10-31';

/** A source, and where what stands in its template was written. */
export interface ExpandedSource {
  readonly source: TemplateSource;
  readonly written?: (location: Location) => Location;
  /** The deployments that make their own stage, by their logical ids. */
  readonly stagesOfTheirOwn?: ReadonlySet<string>;
  readonly repeatedEvents?: readonly RepeatedEvent[];
}

/**
 * The source with the resources that SAM generates: those of API Gateway, and those that these depend on. Invalid parts of the
 * template are left out; nothing is thrown.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function expanded(source: TemplateSource): ExpandedSource {
  const { template } = source;
  if (!isJson(template) || ![template.Transform].flat().includes(TRANSFORM) || !isJson(template.Resources)) {
    return { source };
  }
  // CloudFormation writes loops out before it comes to SAM.
  const unrolled = withoutLoops(template);
  const expansion = new Expansion(unrolled);
  expand(expansion);
  const whole = { ...unrolled, Resources: expansion.result } as CfnTemplate;
  const { references, written, stagesOfTheirOwn, repeatedEvents } = expansion;
  return {
    source: { ...source, template: references.size > 0 ? withReferences(whole, references) : whole },
    written: (location) => written.of(location),
    stagesOfTheirOwn,
    repeatedEvents: repeatedEvents.map(({ place, ...event }) => ({
      ...event,
      location: { template: source.file, ...place },
    })),
  };
}

function expand(expansion: Expansion): void {
  const functions = [...expansion.ofType('Function')];
  const machines = [...expansion.ofType('StateMachine')];
  const owners = [...functions, ...machines];
  const restEvents = owners.flatMap((owner) => eventsOf(expansion, owner, 'Api'));
  const httpEvents = functions.flatMap((owner) => eventsOf(expansion, owner, 'HttpApi')).sort(defaultFirst);
  const restApis = draftsOf(expansion, REST, restEvents);
  const httpApis = draftsOf(expansion, HTTP, httpEvents);

  const targets = new Map<string, Target>();
  for (const one of functions) targets.set(one.logicalId, expandFunction(expansion, one));
  for (const one of machines) expandStateMachine(expansion, one);
  for (const one of expansion.ofType('LayerVersion')) expandLayer(expansion, one);
  const restApiOf = (event: ApiEvent) => restApis.get(apiIdOf(event, REST.property, REST.implicitId) ?? '');
  for (const event of restEvents) {
    const api = restApiOf(event);
    if (api) announceRestEvent(event, api);
  }
  for (const event of restEvents) {
    const api = restApiOf(event);
    const target = targets.get(event.owner.logicalId);
    if (api && target) addRestEvent(expansion, event, api, target);
    else if (api) addStateMachineEvent(expansion, event, api);
  }
  const eventsByApi = new Map<string, ApiEvent[]>();
  for (const event of httpEvents) {
    const id = apiIdOf(event, HTTP.property, HTTP.implicitId) ?? '';
    const api = httpApis.get(id);
    const target = targets.get(event.owner.logicalId);
    if (!api || !target) continue;
    addHttpEvent(expansion, event, api, target);
    eventsByApi.set(id, [...(eventsByApi.get(id) ?? []), event]);
  }
  hideRoutes(
    expansion,
    owners,
    [
      ...restEvents.map((event) => ({ event, id: apiIdOf(event, REST.property, REST.implicitId) })),
      ...httpEvents.map((event) => ({ event, id: apiIdOf(event, HTTP.property, HTTP.implicitId) })),
    ],
    [...restApis.values(), ...httpApis.values()],
  );
  for (const api of restApis.values()) expandRestApi(expansion, api);
  for (const [id, api] of httpApis) expandHttpApi(expansion, api, eventsByApi.get(id) ?? []);
  for (const one of expansion.ofType('WebSocketApi')) expandWebSocketApi(expansion, one);
  expandConnectors(expansion);
}

/** Leaves in the documents that they may have more routes, and permissions that may be for these. */
function hideRoutes(
  expansion: Expansion,
  owners: readonly SamResource[],
  routes: readonly { readonly event: ApiEvent; readonly id?: string }[],
  apis: readonly ApiDraft[],
): void {
  const hiding = owners.filter(hidesEvents);
  const hidden = routes.filter(({ event, id }) => id === undefined || !isTold(event));
  const isForAny = hiding.length > 0 || hidden.some(({ id }) => id === undefined);
  for (const api of apis) {
    if (isForAny || hidden.some(({ id }) => id === api.resource.logicalId)) {
      api.document?.hideRoutes(given(api.resource.properties.MergeDefinitions) !== undefined);
    }
  }
  for (const owner of [...hiding, ...hidden.map(({ event }) => event.owner)]) {
    const permission = { ...PERMISSION, FunctionName: ref(owner.logicalId), SourceArn: CANNOT_TELL };
    expansion.add(`${owner.logicalId}HiddenPermission`, 'AWS::Lambda::Permission', permission, owner);
  }
}

/** SAM takes the default route of a function first: its permission is one for all. */
function defaultFirst(a: ApiEvent, b: ApiEvent): number {
  const rank = (event: ApiEvent): number => (routeOfHttp(event)?.path === '$default' ? 0 : 1);
  return rank(a) - rank(b);
}
