/** One resource of one template. */
export interface ResourceRef {
  /** File name of the template, as given to the reader. */
  readonly template: string;
  readonly logicalId: string;
}

/** Logical ids are unique in their template only. */
export const sameResource = (a: ResourceRef, b: ResourceRef): boolean =>
  a.logicalId === b.logicalId && a.template === b.template;

/** The same text for the same resource, to look it up by. */
export const resourceKey = ({ template, logicalId }: ResourceRef): string => `${template}#${logicalId}`;

/** A place in a template: a resource, and the property path inside of it (starting at `Properties`). */
export interface Location extends ResourceRef {
  readonly path: readonly string[];
}

/** A place in a text, as editors count: the first is line 1, column 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Everything in the model says where it was read. */
export interface Located {
  readonly location: Location;
}
