import { existsSync } from 'node:fs';
import { granularId } from '../../lib/checks/finding-id';
import { RULES } from '../../lib/checks/registry';
import { type Finding } from '../../lib/checks/rule';
import { isFile, textGiven } from '../../lib/template/reader/files';
import { parseYaml } from '../../lib/template/reader/yaml';
import { grouped } from '../../lib/lookup/grouped';
import { orUsageError, UsageError } from './io';
import { nearMiss } from './near-miss';

/** Read where no --config is given and it is there. */
export const DEFAULT_CONFIG = 'apigw.config.yaml';

/** One acknowledged finding. */
interface Acknowledgement {
  /** `REST-WAF1`, or `ALL-AUTH1[GET /health]` for one route. */
  readonly rule: string;
  readonly reason: string;
  /** Logical id of the only resource it is for. */
  readonly resource?: string;
  /** End of the name of the only template it is for. */
  readonly template?: string;
  /** Last day, YYYY-MM-DD. */
  readonly expires?: string;
}

/** What the configuration file says of findings. */
export interface CheckConfig {
  /** Whether the finding is acknowledged on that day. */
  readonly isAcknowledged: (finding: Finding) => boolean;
  /** Those that have run out, a line each. */
  readonly expired: readonly string[];
}

const NOTHING: CheckConfig = { isAcknowledged: () => false, expired: [] };
const KEYS: readonly string[] = ['rule', 'reason', 'resource', 'template', 'expires'];

/**
 * Reads the acknowledgements of a configuration file.
 * @param today YYYY-MM-DD
 * @throws UsageError where the file is not there, or an entry has no reason or an unknown rule
 */
export function readConfig(given: string | undefined, today: string): CheckConfig {
  const file = given ?? DEFAULT_CONFIG;
  if (given === undefined && !isFile(file)) return NOTHING;
  if (!existsSync(file)) {
    throw new UsageError(`there is no configuration file "${file}".`);
  }
  const entries = entriesOf(file);
  const isOver = ({ expires }: Acknowledgement): boolean => expires !== undefined && expires < today;
  const valid = entries.filter((entry) => !isOver(entry));
  const byRule = grouped(valid, ({ rule }) => rule);
  return {
    isAcknowledged: (finding) =>
      [finding.id, granularId(finding) ?? ''].some((rule) =>
        byRule.get(rule)?.some((entry) => answers(entry, finding)),
      ),
    expired: entries
      .filter(isOver)
      .map(({ rule, expires, reason }) => `"${file}": the acknowledgement of ${rule} ended on ${expires} (${reason}).`),
  };
}

function answers({ resource, template }: Acknowledgement, finding: Finding): boolean {
  return (
    (resource === undefined || resource === finding.logicalId) &&
    (template === undefined || finding.template.endsWith(template))
  );
}

function entriesOf(file: string): Acknowledgement[] {
  const content = parsed(file);
  const wrong = (what: string): UsageError => new UsageError(`"${file}": ${what}`);
  if (!isRecord(content)) throw wrong('must contain "acknowledge:" with a list of rules and reasons.');
  const [unknown] = Object.keys(content).filter((key) => key !== 'acknowledge');
  if (unknown !== undefined) throw wrong(`"${unknown}" is not a setting.${nearMiss(unknown, ['acknowledge'])}`);
  const list = content.acknowledge;
  if (!Array.isArray(list)) throw wrong('"acknowledge" must be a list.');
  return list.map((entry: unknown, index) => entryOf(entry, (what) => wrong(`acknowledge[${index}] ${what}`)));
}

function entryOf(entry: unknown, wrong: (what: string) => UsageError): Acknowledgement {
  if (!isRecord(entry)) throw wrong('must contain "rule" and "reason".');
  for (const [key, value] of Object.entries(entry)) {
    if (!KEYS.includes(key)) throw wrong(`has the unknown key "${key}".${nearMiss(key, KEYS)}`);
    if (typeof value !== 'string') throw wrong(`has a "${key}" that is not a string: put it in quotes.`);
  }
  const { rule, reason, expires } = entry as Partial<Acknowledgement>;
  const ids = RULES.map(({ id }) => id);
  if (rule === undefined) throw wrong('has no "rule", e.g. rule: REST-WAF1');
  const [id] = rule.split('[');
  if (!ids.includes(id)) throw wrong(`has the rule "${rule}", which does not exist.${nearMiss(id, ids)}`);
  if (reason === undefined || reason.trim() === '') {
    throw wrong(`acknowledges ${rule} without a "reason"; say why it is acceptable.`);
  }
  if (expires !== undefined && !isDay(expires)) {
    throw wrong(`has expires "${expires}", which is not a date; write it as YYYY-MM-DD, in quotes.`);
  }
  return entry as unknown as Acknowledgement;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

function parsed(file: string): unknown {
  const text = orUsageError(() => textGiven(file));
  // The "core" schema leaves days as the text that they are.
  return orUsageError(
    () => parseYaml(text, { schema: 'core' }),
    (message) => `"${file}" cannot be read: ${message}`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
