import { type Variant } from '../variant';

/** What an app with one stack costs. */
export const empty: Variant = { build: () => undefined };
