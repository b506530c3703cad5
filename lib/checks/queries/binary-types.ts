import { knownOr, type Value } from '../../template/model/value';

/** The widest binary media type of the API that matches this type, if there is one: such a payload is bytes. */
export function binaryTypeOf(
  type: string,
  { binaryMediaTypes }: { readonly binaryMediaTypes: Value<readonly string[]> },
): string | undefined {
  const wanted = type.toLowerCase();
  const binary = new Map(knownOr(binaryMediaTypes, []).map((media) => [media.toLowerCase(), media]));
  const matching = ['*/*', wanted.replace(/\/.*/, '/*'), wanted].find((media) => binary.has(media));
  return matching === undefined ? undefined : binary.get(matching);
}
