import { type Expansion, type SamResource, within } from './expansion';
import { ANY } from './document';
import { dict, entriesOf, isIntrinsic, type Json, text } from './json';
import { type Place } from './written';

/** A route of an API, as a function or a state machine writes it among its `Events`. */
export interface ApiEvent {
  readonly owner: SamResource;
  readonly name: string;
  readonly properties: Json;
  readonly place: Place;
}

/** How SAM names the function that events invoke, which may be an alias. */
export interface Target {
  /** What a permission names. */
  readonly name: Json;
  /** What stands for the ARN in a `Fn::Sub`. */
  readonly arn: string;
}

/** The events of a type, by their owner: `Api` and `HttpApi`; not those that are unknown. */
export function eventsOf(expansion: Expansion, owner: SamResource, type: 'Api' | 'HttpApi'): ApiEvent[] {
  return entriesOf(owner.properties.Events).flatMap(([name, value]) => {
    const event = dict(value);
    const written = dict(event?.Properties);
    // An event of an HTTP API without properties is its default route; one of a REST API is none.
    if (event?.Type !== type || (!written && type === 'Api') || isIntrinsic(event.Properties)) return [];
    const known = ['Path', 'Method', 'RestApiId', 'ApiId'].filter((key) => written && Object.hasOwn(written, key));
    const told = Object.fromEntries(known.map((key) => [key, expansion.told(written?.[key])]));
    return [{ owner, name, properties: { ...written, ...told }, place: within(owner, 'Events', name) }];
  });
}

/** Whether some events of the owner, or of what they are for, only the deployment knows. */
export function hidesEvents({ properties: { Events: events } }: SamResource): boolean {
  return isIntrinsic(events) || entriesOf(events).some(([, value]) => isIntrinsic(value) || hides(dict(value) ?? {}));
}

function hides({ Type: type, Properties: properties }: Json): boolean {
  return isIntrinsic(type) || ((type === 'Api' || type === 'HttpApi') && isIntrinsic(properties));
}

/** Whether the route of the event is known. */
export const isTold = ({ properties: { Path: path, Method: method } }: ApiEvent): boolean =>
  !isIntrinsic(path) && !isIntrinsic(method);

/** The logical id of the API that an event names; undefined where it names none. */
export function apiIdOf(event: ApiEvent, property: 'RestApiId' | 'ApiId', byDefault: string): string | undefined {
  const written = Object.hasOwn(event.properties, property) ? event.properties[property] : byDefault;
  return text(written) ?? (isIntrinsic(written) ? text(written.Ref) : undefined);
}

/** Keeps that an earlier event has the route already, for which SAM rejects the template. */
export function repeat(
  expansion: Expansion,
  event: ApiEvent,
  kind: 'rest' | 'http',
  method: string,
  path: string,
  earlier: Place | undefined,
): void {
  const verb = method === ANY ? 'ANY' : method.toUpperCase();
  const route = path === '$default' ? path : `${verb} ${path}`;
  const named = ({ logicalId, path: at }: Place): string => `the event ${String(at.at(-1))} of ${logicalId}`;
  if (earlier) {
    const { place } = event;
    expansion.repeatedEvents.push({ kind, route, event: named(place), earlier: named(earlier), place });
  }
}

/** What all permissions of API Gateway have. */
export const PERMISSION = { Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' };

/** The permission that lets an API call what an event belongs to. */
export function permit(expansion: Expansion, id: string, event: ApiEvent, target: Target, sourceArn: Json): void {
  expansion.add(
    id,
    'AWS::Lambda::Permission',
    { ...PERMISSION, FunctionName: target.name, SourceArn: sourceArn },
    event.owner,
    { place: event.place },
  );
}

/** A part of an event's place, as its properties are written. */
export const inEvent = ({ place }: ApiEvent, ...path: string[]): Place => ({
  logicalId: place.logicalId,
  path: [...place.path, 'Properties', ...path],
});
