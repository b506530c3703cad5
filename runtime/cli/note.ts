/** Something that was not checked, or only in part, and why. */
export interface Note {
  readonly what: string;
  readonly reason: string;
}
