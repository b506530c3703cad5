import { Conformer, type KeepsExtension } from './conform';
import { type Json, object, orNothing } from './json';
import { type Losses } from './losses';
import { legalNames, withUniqueIds } from './names';
import { legalPaths, PathParameters } from './paths';
import { References } from './references';

/** A part that is left out may be one that another refers to, which is then found by the next pass. */
const MAX_PASSES = 10;
/** The version that API Gateway itself exports. */
const VERSION = '3.0.1';

/**
 * The document as valid OpenAPI 3.0. It may hold what a template has: texts with references, numbers where OpenAPI has texts.
 * @param losses gets what is left out
 * @param keeps which extensions stay
 */
export function validOpenApi(given: Json, losses: Losses, keeps?: KeepsExtension): Json {
  const { components, names } = legalNames(object(given.components));
  const paths = legalPaths(object(given.paths), losses);
  let document: Json = { ...given, paths, components };
  let lost = -1;
  for (let pass = 0; pass < MAX_PASSES && losses.all.length > lost; pass++) {
    lost = losses.all.length;
    const references = new References(document, losses, pass === 0 ? names : undefined);
    document = object(new Conformer(references, losses, keeps).value('document', document, []));
  }
  const agreed = new PathParameters(new References(document, losses), losses).agreed(object(document.paths));
  const { openapi } = document;
  return {
    ...document,
    openapi: typeof openapi === 'string' && /^3\.0\.\d(-.+)?$/.test(openapi) ? openapi : VERSION,
    paths: withUniqueIds(agreed),
    components: orNothing(object(document.components)),
  };
}
