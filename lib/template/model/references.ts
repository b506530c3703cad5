import { type Located, type ResourceRef } from './place';
import { type Text } from './text';
import { type Value } from './value';

/** A property that refers to a part of an API by its id. */
export interface ApiReference extends Located {
  readonly property: string;
  /** The API that the resource belongs to. */
  readonly api?: Value<ResourceRef>;
  /** As written, if it is a text. */
  readonly text?: Text;
  /** The resource that is referred to, if it is in the templates. */
  readonly target?: ResourceRef;
  readonly targetType?: string;
  /** The API of the target. */
  readonly targetApi?: Value<ResourceRef>;
  /** The types of resource that the property may refer to. */
  readonly allowed: readonly string[];
}

/** What a name stands for. */
export type NamedKind = 'stage' | 'domain name' | 'model' | 'documentation version' | 'function' | 'log group';

/** A property that names a resource by its name. */
export interface NamedResource extends Located {
  readonly kind: NamedKind;
  readonly name: Text;
  /** The API of the resource that is named. */
  readonly api?: ResourceRef;
  /** The resource of that name, if it is in the templates. */
  readonly target?: ResourceRef;
  /** Whether the template creates the target first, because of a reference or DependsOn. */
  readonly waits: boolean;
  /** The names that the templates define instead, if all are known; undefined if the name may exist. */
  readonly others?: readonly string[];
}

/** A resource of an HTTP or WebSocket API. */
export interface V2Resource extends Located {
  /** Without `AWS::ApiGatewayV2::`. */
  readonly type: string;
  /** The API itself, or the one that the resource belongs to. */
  readonly api: Value<ResourceRef>;
  /** Whether the property has a value. */
  readonly has: (property: string) => boolean;
}
