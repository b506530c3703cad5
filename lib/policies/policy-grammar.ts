import {
  CONDITION_KEYS,
  CONDITION_OPERATORS,
  EFFECTS,
  EXECUTE_ACTIONS,
  POLICY_ELEMENTS,
  POLICY_VERSIONS,
  PRINCIPAL,
  PRINCIPALS,
  STATEMENT_ELEMENTS,
} from '../facts/iam';
import { nearest } from '../lookup/nearest';
import { matchesPattern } from './glob';
import { networkFault } from './network-values';
import { asList, isRecord } from './resource-policies';

/** What is wrong with a policy, and where in it. */
export interface PolicyFault {
  readonly path: readonly string[];
  readonly message: string;
  /** Not refused, and without a certain effect. */
  readonly isSuspect?: boolean;
}

/** The characters of a value; undefined if it is not a text, or a function decides how it begins. */
export function characters(value: unknown): string | undefined {
  const pattern = isRecord(value) && Object.keys(value).length === 1 ? asList(value['Fn::Sub'])[0] : value;
  if (typeof pattern !== 'string') return typeof pattern === 'number' ? String(pattern) : undefined;
  const text = isRecord(value) ? pattern.replaceAll(/\$\{[^{}]*\}/g, '_') : pattern;
  return isRecord(value) && pattern.startsWith('${') ? undefined : text;
}

/** Whether functions of CloudFormation decide what is in the map. */
const isDecidedLater = (map: object): boolean =>
  Object.keys(map).some((key) => key === 'Ref' || key.startsWith('Fn::'));

const named = (name: string, known: readonly string[]): string => {
  const [meant] = nearest(name, known);
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
};

const KEYS: ReadonlySet<string> = new Set(CONDITION_KEYS.map((key) => key.toLowerCase()));

/** What IAM or API Gateway would refuse, or what has no effect, in a resource policy of an API or a domain. */
export function* policyFaults(written: unknown): Iterable<PolicyFault> {
  const policy = typeof written === 'string' ? parsed(written) : written;
  if (policy === undefined) {
    yield { path: [], message: 'is a text that is not JSON' };
    return;
  }
  if (!isRecord(policy) || isDecidedLater(policy)) return;
  for (const name of Object.keys(policy)) {
    if (!(POLICY_ELEMENTS as readonly string[]).includes(name)) {
      yield { path: [name], message: `has the element "${name}"; ${named(name, POLICY_ELEMENTS)}` };
    }
  }
  const { Version: version } = policy;
  if (typeof version === 'string' && !(POLICY_VERSIONS as readonly string[]).includes(version)) {
    yield { path: ['Version'], message: `has the Version "${version}"; there are ${POLICY_VERSIONS.join(' and ')}` };
  }
  if (policy.Statement === undefined) yield { path: [], message: 'has no Statement' };
  for (const [index, statement] of asList(policy.Statement ?? []).entries()) {
    const at = Array.isArray(policy.Statement) ? ['Statement', String(index)] : ['Statement'];
    if (typeof statement === 'string') yield { path: at, message: 'has a text in place of a statement' };
    if (!isRecord(statement) || isDecidedLater(statement)) continue;
    for (const { path, ...fault } of statementFaults(statement)) yield { ...fault, path: [...at, ...path] };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function* statementFaults(statement: Readonly<Record<string, unknown>>): Iterable<PolicyFault> {
  for (const name of Object.keys(statement)) {
    if (!(STATEMENT_ELEMENTS as readonly string[]).includes(name)) {
      yield { path: [name], message: `has the element "${name}" in a statement; ${named(name, STATEMENT_ELEMENTS)}` };
    }
  }
  const { Effect: effect } = statement;
  if (effect === undefined) {
    yield { path: [], message: 'has a statement without Effect' };
  } else if (typeof effect === 'string' && !(EFFECTS as readonly string[]).includes(effect)) {
    yield { path: ['Effect'], message: `has the Effect "${effect}"; there are Allow and Deny, in this case` };
  }
  // A statement without Resource is accepted: it is about the API itself.
  for (const name of ['Principal', 'Action', 'Resource']) {
    const has = [name, `Not${name}`].filter((one) => statement[one] !== undefined);
    if (has.length === 0) {
      if (name !== 'Resource') yield { path: [], message: `has a statement without ${name}` };
    } else if (has.length > 1) {
      yield { path: [has[1]], message: `has a statement with both ${has.join(' and ')}` };
    }
  }
  for (const name of ['Principal', 'NotPrincipal']) yield* principalFaults(name, statement[name]);
  for (const name of ['Action', 'NotAction']) yield* actionFaults(name, statement[name]);
  for (const name of ['Resource', 'NotResource']) yield* resourceFaults(name, statement[name]);
  yield* conditionFaults(statement.Condition);
}

function* principalFaults(name: string, written: unknown): Iterable<PolicyFault> {
  for (const one of asList(written)) {
    if (typeof one === 'string' && one !== '*') {
      yield { path: [name], message: `has the ${name} "${one}"; write "*" or { "AWS": "${one}" }` };
    }
    if (!isRecord(one) || isDecidedLater(one)) continue;
    for (const [kind, values] of Object.entries(one)) {
      if (!(PRINCIPALS as readonly string[]).includes(kind)) {
        yield { path: [name, kind], message: `has a ${name} of the kind "${kind}"; ${named(kind, PRINCIPALS)}` };
        continue;
      }
      const wrong = kind === 'AWS' ? texts(values).find((text) => !PRINCIPAL.test(text)) : undefined;
      if (wrong !== undefined) {
        const allowed = 'an account id of 12 digits, the ARN of a role or user, or *';
        yield { path: [name, kind], message: `has the ${name} "${wrong}", which is not ${allowed}` };
      }
    }
  }
}

function* actionFaults(name: string, written: unknown): Iterable<PolicyFault> {
  for (const action of texts(written)) {
    const fits = EXECUTE_ACTIONS.some((one) => matchesPattern(action.toLowerCase(), one.toLowerCase()));
    if (!fits) {
      yield {
        path: [name],
        message: `has the ${name} "${action}", which is not an action of an API; ${named(action, EXECUTE_ACTIONS)}`,
      };
    }
  }
}

const RESOURCE = /^(?:\*|execute-api:[^]*|arn:[^:]*:(?:execute-api|\*)(?::|$)[^]*|arn:\*[^]*)$/;

function* resourceFaults(name: string, written: unknown): Iterable<PolicyFault> {
  for (const resource of texts(written)) {
    if (!RESOURCE.test(resource)) {
      yield {
        path: [name],
        message: `has the ${name} "${resource}", which is not a route of an API; write e.g. "execute-api:/*" or "execute-api:/prod/GET/orders"`,
      };
    }
  }
}

function* conditionFaults(condition: unknown): Iterable<PolicyFault> {
  if (typeof condition === 'string' || Array.isArray(condition)) {
    yield { path: ['Condition'], message: 'has a Condition that is not a map of operators' };
  }
  if (!isRecord(condition)) return;
  for (const [operator, keys] of Object.entries(condition)) {
    if (operator === 'Ref' || operator.startsWith('Fn::')) continue;
    const plain = operator.replace(/^ForA(?:ll|ny)Values?:/i, '').replace(/IfExists$/i, '');
    if (!CONDITION_OPERATORS.some((one) => one.toLowerCase() === plain.toLowerCase())) {
      const path = ['Condition', operator];
      const [meant] = nearest(plain, CONDITION_OPERATORS);
      const instead = meant === undefined ? 'write e.g. StringEquals or IpAddress' : `did you mean ${meant}?`;
      yield { path, message: `has the condition operator "${operator}"; ${instead}` };
      continue;
    }
    if (typeof keys === 'string' || Array.isArray(keys)) {
      yield { path: ['Condition', operator], message: `has no map of condition keys under ${operator}` };
    }
    for (const [key, values] of isRecord(keys) ? Object.entries(keys) : []) {
      if (key !== 'Ref' && !key.startsWith('Fn::')) yield* keyFaults(operator, key, texts(values));
    }
  }
}

function* keyFaults(operator: string, key: string, values: readonly string[]): Iterable<PolicyFault> {
  const path = ['Condition', operator, key];
  const lower = key.toLowerCase();
  if (!lower.includes(':')) {
    yield { path, message: `has the condition key "${key}"; write e.g. aws:SourceIp` };
  } else if (lower.startsWith('aws:') && !lower.includes('/') && !KEYS.has(lower)) {
    const [meant] = nearest(key, CONDITION_KEYS);
    if (meant !== undefined) {
      yield { path, message: `has the condition key "${key}"; did you mean ${meant}?`, isSuspect: true };
    }
  }
  const wrong = networkFault(operator, key, values);
  if (wrong !== undefined) yield { path, ...wrong };
}

/** The values whose characters are known. */
const texts = (written: unknown): string[] => asList(written ?? []).flatMap((value) => characters(value) ?? []);
