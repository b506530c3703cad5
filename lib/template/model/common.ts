import { type LogGroup } from './neighbours';
import { type Located, type ResourceRef } from './place';
import { type Resolved } from './resolved';
import { type Text } from './text';
import { type Value } from './value';

export interface TemplateInfo {
  readonly file: string;
  /** The name of the stack, if the assembly says it. */
  readonly stackName?: string;
  /** Construct path of the stack, if CDK recorded it. */
  readonly stackPath?: string;
  readonly region?: string;
  readonly account?: string;
  readonly resourceCount: number;
  readonly bytes: number;
}

/**
 * `opaque`: the body is elsewhere (S3, a transform, an unresolved value), so what it holds cannot be judged.
 * `partial`: the API itself is elsewhere, and only resources that name it are in the templates.
 */
export type ApiForm = 'resources' | 'body' | 'mixed' | 'opaque' | 'partial';

/** How the templates name an API that is not in them. */
export interface ApiReference {
  /** As people read it: `parameter RestApiId`, `import "shared-api"`. */
  readonly label: string;
  /** As the resources write it; unknown if the function that makes it cannot be resolved. */
  readonly text: Text;
}

/** What APIs of all kinds say of how far the templates show them. */
export interface ApiExtent {
  readonly form: ApiForm;
  /** Whether templates that are not at hand may add routes, stages and the like. */
  readonly shared: boolean;
  /** Whether all of the API is known. If not, what is missing may be elsewhere: only what is here can be judged. */
  readonly complete: boolean;
  /** Of an API that is not in the templates; its settings are then unknown, and its location is this name. */
  readonly reference?: ApiReference;
}

/** An API of which the templates show a part only. */
export interface ApiInPart extends Located {
  /** Undefined if the resources do not tell. */
  readonly kind?: 'rest' | 'http' | 'websocket';
  /** Whether it has routes, stages and the like here that cannot be judged, since nothing tells its kind. */
  readonly isUnjudged: boolean;
  readonly label: string;
  /** How many resources name it. */
  readonly resources: number;
}

/** A setting that the document of an API says otherwise than the property of its resource. */
export interface BodyConflict extends Located {
  readonly property: string;
  /** As shown to a reader. */
  readonly value: string;
  readonly valueInBody: string;
  /** Where the document says it, joined with dots. */
  readonly placeInBody: string;
}

/** A Lambda function as a URI or a permission names it. */
export interface LambdaTarget {
  /** The text of the ARN or name, without version or alias where these are written behind it. */
  readonly text: Text;
  /** The function resource, if it is in the templates. */
  readonly function?: ResourceRef;
  /** Version, alias resource or `${stageVariables.x}`. */
  readonly qualifier?: Text;
}

export interface AccessLog extends Located {
  readonly destination?: Text;
  readonly format?: Value<string>;
  /** The log group, if it is in the templates. */
  readonly logGroup?: LogGroup;
}

export interface Model extends Located {
  readonly name?: Value<string>;
  readonly contentType?: Value<string>;
  /** The JSON Schema as written, intrinsics included. */
  readonly schema?: unknown;
  /** The same with its references: the URL of another model, or one inside of the document. Resolved on first use. */
  readonly resolvedSchema?: Resolved;
}
