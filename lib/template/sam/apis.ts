import { ApiDocument, isVersion3, skeleton } from './document';
import { type ApiEvent, apiIdOf } from './events';
import { type Expansion, type SamResource } from './expansion';
import { dict, given, isIntrinsic, type Json } from './json';

/** An API while its events are added to it. */
export interface ApiDraft {
  readonly resource: SamResource;
  /** Undefined where the definition is elsewhere, or is none that SAM could work with. */
  readonly document?: ApiDocument;
  /** Whether SAM writes the whole document. */
  readonly isManaged: boolean;
}

interface Kind {
  readonly type: 'Api' | 'HttpApi';
  readonly property: 'RestApiId' | 'ApiId';
  /** The API of events that name none. */
  readonly implicitId: string;
  readonly implicit: Json;
}

export const REST: Kind = {
  type: 'Api',
  property: 'RestApiId',
  implicitId: 'ServerlessRestApi',
  implicit: { StageName: 'Prod' },
};

export const HTTP: Kind = { type: 'HttpApi', property: 'ApiId', implicitId: 'ServerlessHttpApi', implicit: {} };

/** The APIs of a kind in a template, that of events which name none included. */
export function draftsOf(expansion: Expansion, kind: Kind, events: readonly ApiEvent[]): Map<string, ApiDraft> {
  const drafts = new Map<string, ApiDraft>();
  for (const resource of expansion.ofType(kind.type)) {
    drafts.set(resource.logicalId, draftOf(resource));
  }
  const first = events.find((event) => apiIdOf(event, kind.property, kind.implicitId) === kind.implicitId);
  if (first && (!drafts.has(kind.implicitId) || isImplicit(first, kind))) {
    const body = { Properties: { ...kind.implicit } };
    drafts.set(kind.implicitId, draftOf(expansion.resource(kind.implicitId, kind.type, body, first.place)));
  }
  return drafts;
}

/** An API with that id that the user wrote is overridden by events that name no API. */
const isImplicit = (event: ApiEvent, { property }: Kind): boolean => !Object.hasOwn(event.properties, property);

function draftOf(resource: SamResource): ApiDraft {
  const { properties, type } = resource;
  const { DefinitionBody: body, DefinitionUri: uri, OpenApiVersion: version } = properties;
  if (given(uri) !== undefined || isIntrinsic(body)) {
    return { resource, isManaged: false };
  }
  if (given(body) === undefined) {
    const isSwagger = type === 'Api' && !isVersion3(version);
    const begun = skeleton(isSwagger ? { swagger: '2.0' } : { openapi: type === 'Api' ? String(version) : '3.0.1' });
    return { resource, document: new ApiDocument(begun), isManaged: true };
  }
  const document = new ApiDocument(dict(body));
  return { resource, document: document.isValid ? document : undefined, isManaged: false };
}
