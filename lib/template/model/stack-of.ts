import { type TemplateInfo } from './common';
import { type ApiModel } from './model';
import { type ResourceRef } from './place';

const byModel = new WeakMap<ApiModel, ReadonlyMap<string, TemplateInfo>>();

/** What is known of the stack that a resource is in. */
export function stackOf(model: ApiModel, { template }: Pick<ResourceRef, 'template'>): TemplateInfo | undefined {
  let stacks = byModel.get(model);
  if (!stacks) {
    stacks = new Map(model.templates.map((one) => [one.file, one]));
    byModel.set(model, stacks);
  }
  return stacks.get(template);
}
