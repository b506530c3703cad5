import { type Text } from './text';

/** JSON with the references in each of its texts; a value of which nothing can be said is a text that says so. */
export type Resolved = Text | number | boolean | null | readonly Resolved[] | { readonly [name: string]: Resolved };
