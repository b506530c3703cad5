import * as path from 'node:path';
import { Stage, type Stack } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { readAssembly } from '../template/reader/assembly';
import { type TemplateSource } from '../template/reader/source';

/** All templates of an app, and the files of those that belong to one stack. */
export interface StackSources {
  readonly sources: readonly TemplateSource[];
  readonly own: ReadonlySet<string>;
}

/** Synthesizes the app. Nested stacks belong to their stack; other stacks are read for what it imports of them. */
export function sourcesOfStack(stack: Stack, owner: Owner): StackSources {
  const { root } = stack.node;
  if (!Stage.isStage(root)) {
    throw owner.error(`the stack "${stack.node.id}" must be in an App or a Stage to be synthesized`);
  }
  const { directory } = root.synth();
  const sources = readAssembly(directory);
  const folder = Stage.of(stack)?.outdir ?? directory;
  const file = path.relative(directory, path.join(folder, stack.templateFile)).split(path.sep).join('/');
  const own = new Set([file]);
  // A parent stands before its nested stacks.
  for (const source of sources) if (source.parent && own.has(source.parent.file)) own.add(source.file);
  return { sources, own };
}
