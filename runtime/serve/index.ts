import { optimizeAsUsual } from '../cli/optimize-less';
import type * as Command from './serve';

export { serve } from './library';

optimizeAsUsual();

/** What `apigw serve` runs; tests do not load it. */
export function run(argv: readonly string[]): Promise<void> {
  const command = require('./serve') as typeof Command;
  return command.run(argv);
}
