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

/** The events of a type, by their owner: `Api` and `HttpApi`. */
export function eventsOf(owner: SamResource, type: 'Api' | 'HttpApi'): ApiEvent[] {
  return entriesOf(owner.properties.Events).flatMap(([name, value]) => {
    const event = dict(value);
    const properties = dict(event?.Properties);
    // An event of an HTTP API without properties is its default route; one of a REST API is none.
    return event?.Type !== type || (!properties && type === 'Api')
      ? []
      : [{ owner, name, properties: properties ?? {}, place: within(owner, 'Events', name) }];
  });
}

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

/** The permission that lets an API call what an event belongs to. */
export function permit(expansion: Expansion, id: string, event: ApiEvent, target: Target, sourceArn: Json): void {
  expansion.add(
    id,
    'AWS::Lambda::Permission',
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: target.name,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sourceArn,
    },
    event.owner,
    { place: event.place },
  );
}

/** A part of an event's place, as its properties are written. */
export const inEvent = ({ place }: ApiEvent, ...path: string[]): Place => ({
  logicalId: place.logicalId,
  path: [...place.path, 'Properties', ...path],
});
