import { type Location } from '../model/place';
import { own } from '../reader/scope';
import { isJson, type Json } from './json';

/** A place that the user wrote. */
export interface Place {
  readonly logicalId: string;
  readonly path: readonly string[];
}

const keyOf = (logicalId: string, path: readonly string[]): string => [logicalId, ...path].join('\0');

/** For what SAM makes, where in the template it comes from. */
export class Written {
  private readonly places = new Map<string, Place>();
  private readonly merged = new Map<string, Json>();

  constructor(private readonly resources: Json) {}

  /** What a SAM resource is with the global properties in it. */
  public addMerged(logicalId: string, properties: Json): void {
    this.merged.set(logicalId, { Properties: properties });
  }

  /** Where a generated resource comes from, or a part of one. */
  public add(logicalId: string, path: readonly string[], place: Place): void {
    this.places.set(keyOf(logicalId, path), place);
  }

  /** Where exactly this part of a generated resource comes from. */
  public at(logicalId: string, path: readonly string[]): Place | undefined {
    return this.places.get(keyOf(logicalId, path));
  }

  /** The place that the user wrote; the location itself, if SAM did not generate it. */
  public of(location: Location): Location {
    const { logicalId, path } = location;
    for (let length = path.length; length > 0; length--) {
      const place = this.places.get(keyOf(logicalId, path.slice(0, length)));
      if (place) {
        const whole = [...place.path, ...path.slice(length)];
        return {
          template: location.template,
          logicalId: place.logicalId,
          path: this.asWritten(place.logicalId, whole),
        };
      }
    }
    return location;
  }

  /** As much of the path as there is in the resource. */
  private asWritten(logicalId: string, path: readonly string[]): string[] {
    const found: string[] = [];
    let here: unknown = own(this.resources, logicalId);
    let there: unknown = this.merged.get(logicalId);
    for (const key of path) {
      const next = childOf(here, key);
      if (next === undefined) {
        break;
      }
      found.push(key);
      [here, there] = [next, childOf(there, key)];
      // The global items come first: the place in the list is another.
      if (Array.isArray(here) && Array.isArray(there) && here.length !== there.length) {
        break;
      }
    }
    return found.length === 0 ? ['Properties'] : found;
  }
}

function childOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    return /^\d+$/.test(key) ? (value as unknown[])[Number(key)] : undefined;
  }
  return isJson(value) ? own(value, key) : undefined;
}
