import { knownOr, type Value } from '../template/value';

/** The binary type of the API that makes bytes of a payload of this type, where there is one. */
export function binaryTypeOf(
  type: string,
  { binaryMediaTypes }: { readonly binaryMediaTypes: Value<readonly string[]> },
): string | undefined {
  const wanted = type.toLowerCase();
  return knownOr(binaryMediaTypes, []).find((media) =>
    ['*/*', wanted.replace(/\/.*/, '/*'), wanted].includes(media.toLowerCase()),
  );
}
