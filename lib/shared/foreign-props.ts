import { type Owner } from './errors';

/** A prop of other kinds of gateways → what to do on this kind instead. */
export type ForeignProps = Readonly<Record<string, string>>;

/**
 * For those whom no compiler stops: what has no effect is not dropped in silence.
 * @throws where a prop is of another kind of gateway
 */
export function refuseForeign(props: object, foreign: ForeignProps, owner: Owner): void {
  for (const [name, instead] of Object.entries(foreign)) {
    if ((props as Readonly<Record<string, unknown>>)[name] !== undefined) throw owner.error(`${name}: ${instead}`);
  }
}
