import { type Owner } from './errors';

/** Words of other kinds of gateways → what to do instead. */
export type Refused = Readonly<Record<string, string>>;

/**
 * Refuses what only other kinds have, for those whom no compiler tells: what has no effect is not dropped in silence.
 * @throws naming the first such word and what to do instead
 */
export function refuse(given: object, refused: Refused, owner: Owner): void {
  for (const [name, instead] of Object.entries(refused)) {
    if ((given as Readonly<Record<string, unknown>>)[name] !== undefined) throw owner.error(`${name}: ${instead}`);
  }
}
