import { type Location } from '../model/model';
import { type Node } from './node';

/** A part of the model that computes its location on access: a path for every route costs more than reading it. */
export class Place {
  private static readonly LOCATION = {
    enumerable: true,
    get(this: Place): Location {
      return this.#node.location;
    },
  };

  declare public readonly location: Location;
  readonly #node: Node;

  constructor(node: Node) {
    this.#node = node;
    Object.defineProperty(this, 'location', Place.LOCATION);
  }
}

/**
 * The fields with the location of the node. A getter in a literal would read better, and give each object a shape of its
 * own: every rule that reads them would be slow.
 */
export function located<T extends object, U extends object = object>(
  node: Node,
  fields: T,
  more?: U,
): T & U & { readonly location: Location } {
  return Object.assign(new Place(node), fields, more) as T & U & { readonly location: Location };
}
