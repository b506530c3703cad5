/** Something of an API that its OpenAPI document does not have, and why. */
export interface Loss {
  /** The place in the document, as a JSON pointer: `#/paths/~1orders/get`. */
  readonly place: string;
  readonly reason: string;
}

/** Where something stands in a document. */
export type Place = readonly string[];

/** All that a document leaves out, each place once. */
export class Losses {
  private readonly byPlace = new Map<string, Loss>();

  public add(place: Place, reason: string): void {
    const text = pointer(place);
    if (!this.byPlace.has(text)) this.byPlace.set(text, { place: text, reason });
  }

  public get all(): Loss[] {
    return [...this.byPlace.values()];
  }
}

export const pointer = (place: Place): string => `#${place.map((key) => `/${encoded(key)}`).join('')}`;

/** A key as a JSON pointer has it. */
export const encoded = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
