import { type ResourceRef } from '../model/place';
import { type Resolved } from '../model/resolved';
import { expanded } from '../sam/expand';
import { Node } from './node';
import { App, own } from './scope';
import { type TemplateSource } from './source';

/** A resource with its properties, whatever its type. */
export interface PlainResource extends ResourceRef {
  readonly type: string;
  readonly properties: Readonly<Record<string, Resolved>>;
  /** As written, intrinsics included. */
  readonly written: unknown;
  /** Whether it remains if it leaves the template. */
  readonly isRetained: boolean;
  /** Whether it remains if another takes its place. */
  readonly isRetainedWhenReplaced: boolean;
  /** Whether a condition decides if it is created. */
  readonly isConditional: boolean;
}

const RETAINING = ['Retain', 'RetainExceptOnCreate'];

/** All resources of the templates, those that SAM generates too. */
export function readPlainResources(sources: readonly TemplateSource[]): PlainResource[] {
  const app = new App(sources.map((source) => expanded(source).source));
  return [...app.scopes.values()].flatMap((scope) =>
    [...scope.resources.keys()].map((logicalId): PlainResource => {
      const body = scope.resources.get(logicalId);
      const { resolved } = Node.properties(scope, logicalId);
      return {
        template: scope.file,
        logicalId,
        type: scope.typeOf(logicalId) ?? '',
        properties: isMap(resolved) ? resolved : {},
        written: own(body, 'Properties'),
        isRetained: RETAINING.includes(String(own(body, 'DeletionPolicy'))),
        isRetainedWhenReplaced: own(body, 'UpdateReplacePolicy') === 'Retain',
        isConditional: own(body, 'Condition') !== undefined,
      };
    }),
  );
}

function isMap(value: Resolved | undefined): value is { readonly [name: string]: Resolved } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}
