/** One resource of one template. */
export interface ResourceRef {
  /** File name of the template, as given to the reader. */
  readonly template: string;
  readonly logicalId: string;
}

/** A place in a template: a resource, and the property path inside of it (starting at `Properties`). */
export interface Location extends ResourceRef {
  readonly path: readonly string[];
}

/** Everything in the model says where it was read. */
export interface Located {
  readonly location: Location;
}
