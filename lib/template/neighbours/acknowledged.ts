import { isDict } from '../reader/scope';
import { type AcknowledgedRules } from '../reader/source';

const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';
const LOGICAL_ID = 'aws:cdk:logicalId';

/** Reads the metadata of a stack: construct path → entries of type and data. */
export function acknowledgedRules(metadata: unknown): AcknowledgedRules {
  const rules = new Map<string, string[]>();
  const paths = new Map<string, string>();
  for (const [key, entries] of isDict(metadata) ? Object.entries(metadata) : []) {
    const path = key.replace(/^\//, '');
    for (const entry of Array.isArray(entries) ? entries : []) {
      const { type, data } = isDict(entry) ? entry : {};
      if (type === ACKNOWLEDGED && isDict(data)) {
        const known = rules.get(path);
        if (known) known.push(...Object.keys(data));
        else rules.set(path, Object.keys(data));
      }
      // The first is of the stack itself: those of its nested stacks stand deeper in the tree.
      if (type === LOGICAL_ID && typeof data === 'string' && !paths.has(data)) {
        paths.set(data, path);
      }
    }
  }
  return { rules, paths };
}
