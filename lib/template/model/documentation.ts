import { type Located, type ResourceRef } from './place';
import { type Text } from './text';
import { type Value } from './value';

/** What is documented of a REST API, by a resource or in its document. */
export interface DocumentationPart extends Located {
  /** The API; unknown if it is not in the templates. */
  readonly api?: Value<ResourceRef>;
  /** `API`, `METHOD`…; undefined where the template does not say. */
  readonly type?: Value<string>;
  /** `Path`, `Method`… as far as they are given. */
  readonly fields: Readonly<Record<string, Value<string>>>;
  /** JSON as a text; in a document it is an object, which needs no reading. */
  readonly properties?: Text;
}

/** A snapshot of the parts of a REST API. */
export interface DocumentationVersion extends Located {
  readonly api?: Value<ResourceRef>;
  readonly version?: Value<string>;
  /** Whether it depends on one of several resources of its template, by DependsOn or by reference, directly or through others. */
  readonly reachesOneOf: (logicalIds: ReadonlySet<string>) => boolean;
}

/** What the templates say about the documentation of REST APIs. */
export interface DocumentationParts {
  readonly documentationParts: DocumentationPart[];
  readonly documentationVersions: DocumentationVersion[];
}
