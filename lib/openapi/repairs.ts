import { type OpenApiTarget } from './target';

/** What every kind of API has to have changed. */
export type SharedRepair = 'Open' | 'PathStyles' | 'Scopes' | 'SecurityAlternatives' | 'TrailingSlashes';

/** What is changed whatever the kind of API, and what that means. */
export function sharedRepairs({
  api,
  authorizer,
  scopedByWords,
}: OpenApiTarget): Readonly<Record<SharedRepair, string>> {
  return {
    Open: `the document leaves the operation open, and defaultAuthorizer stands before it; to open it: authorizers: { <operation>: ${authorizer}.none(reason) }`,
    PathStyles:
      'path parameters of style label or matrix reach the integration as they stand in the URL, with "." or ";"',
    Scopes: `scopes are checked by ${scopedByWords} authorizers only; check them in the integration`,
    SecurityAlternatives:
      'of several alternatives in security the one with an authorizer counts; the others are refused',
    TrailingSlashes: `a path of ${api} does not end in "/"; it is left out`,
  };
}
