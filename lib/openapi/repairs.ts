import { type OpenApiTarget } from './target';

/** The changes that every kind of API needs. */
export type SharedRepair = 'Open' | 'PathStyles' | 'Scopes' | 'SecurityAlternatives' | 'TrailingSlashes';

/** The changes that apply to every kind of API, and what they mean. */
export function sharedRepairs({
  api,
  authorizer,
  scopedByWords,
}: OpenApiTarget): Readonly<Record<SharedRepair, string>> {
  return {
    Open: `the document leaves the operation open, but defaultAuthorizer protects it; to open it: authorizers: { <operation>: ${authorizer}.none(reason) }`,
    PathStyles: 'path parameters of style label or matrix reach the integration as in the URL, with "." or ";"',
    Scopes: `only ${scopedByWords} authorizers check scopes; check them in the integration`,
    SecurityAlternatives:
      'of several alternatives in security, only the one with an authorizer is accepted; the others are rejected',
    TrailingSlashes: `a path of ${api} has no trailing "/"; it is removed`,
  };
}
